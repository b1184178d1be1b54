'use client';
// What a lineage received over time, new rows and the batches that had to wait.
import { useMemo } from 'react';
import type { LineageActivity as Model } from '@/server/contract/activity';
import { useLiveObject } from '@/components/shell/live';
import { useSession } from '@/components/shell/session';
import { formatCount } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel';
import { PanelError } from '@/components/ui/panel-error';
import classes from './activity.module.css';
import { LazyChart } from './lazy-chart';
import { useWindow } from './use-window';
import { WindowSwitch } from './window-switch';
import { formatShort, perMinute, summaryOf } from './words';

/** A chart of new rows a minute, with the counts of its window in words. */
export function LineageActivity({ lineageId }: { lineageId: string }) {
  const { project } = useSession();
  const [window, setWindow] = useWindow();
  const path = `edge/lineages/${lineageId}/activity`;
  const { data, error, isFetching, refetch } = useLiveObject<Model>(project.id, path, { window });
  const values = useMemo(
    () => data?.points.map((point) => perMinute(point.rows, data.bucket_seconds)) ?? [],
    [data],
  );
  const times = useMemo(() => data?.points.map(({ at }) => at) ?? [], [data]);
  const total = (of: 'rows' | 'batches' | 'duplicates' | 'staged_batches') =>
    data?.points.reduce((sum, point) => sum + point[of], 0) ?? 0;
  const counted = (of: Parameters<typeof total>[0]) => <strong>{formatCount(total(of))}</strong>;
  const noun = (of: Parameters<typeof total>[0], one: string, many: string) => (total(of) === 1 ? one : many);
  return (
    <Panel title="Over time" aside={<WindowSwitch value={window} onChange={setWindow} />}>
      {data === undefined ? (
        error === null ? (
          <p role="status">The figures are being read.</p>
        ) : (
          <PanelError
            what="What came over time"
            error={error}
            busy={isFetching}
            onRetry={() => void refetch()}
          />
        )
      ) : (
        <>
          <p className={classes.name}>
            {counted('rows')} new {noun('rows', 'row', 'rows')} in {counted('batches')}{' '}
            {noun('batches', 'batch', 'batches')}, {counted('staged_batches')} of them held back;{' '}
            {counted('duplicates')} {noun('duplicates', 'row', 'rows')} came again
          </p>
          <p className={classes.name}>New rows a minute</p>
          <LazyChart
            label={summaryOf('New rows a minute', window, values)}
            times={times}
            values={values}
            tone="accent"
            format={formatShort}
          />
        </>
      )}
    </Panel>
  );
}
