'use client';
// What the columns of a device's review can be mapped to. Asked for only by those who may decide: a data point shows
// its newest value, which not everybody may see.
import { useQuery } from '@tanstack/react-query';
import type { Policy } from '@/server/contract/fleet';
import type { DataPoint } from '@/server/contract/telemetry';
import { objectQuery, pageQuery } from '@/components/shell/live';
import { useSession } from '@/components/shell/session';
import { dataPointsParams, dataPointsPath } from '@/components/telemetry/queries';
import type { Mapping } from './decision';
import { isShared, type AnyReviewDetail } from './subject';

/** Undefined until it is known, and where a review maps nothing. */
export function useMapping(detail: AnyReviewDetail): Mapping | undefined {
  const { project, permissions } = useSession();
  const ofDevice = isShared(detail) ? null : detail;
  const enabled = ofDevice !== null && permissions.includes('PROJECT_CAN_READ_ROWS');
  const points = useQuery({
    ...pageQuery<DataPoint>(project.id, dataPointsPath(ofDevice?.device_id ?? ''), dataPointsParams),
    enabled,
  });
  const policy = useQuery({
    ...objectQuery<Policy>(project.id, `fleets/${ofDevice?.fleet_id ?? ''}/edge/policy`),
    enabled,
  });
  if (points.data === undefined || policy.data === undefined) return undefined;
  return {
    points: points.data.items,
    mayCreate: policy.data.allow_auto_create_device_data_points,
  };
}
