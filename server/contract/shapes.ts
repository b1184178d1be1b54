// The names under which the API's description lists its shapes. An answer refers to them, so that a client made
// from the description has one type for a lineage wherever one comes; without a name the type is written out
// again at every place.
import { mqttAccessEvent } from './access';
import type { z } from 'zod';
import { activity, lineageActivity } from './activity';
import { apiToken } from './auth';
import { pageMeta } from './common';
import { member, memberWithPassword } from './members';
import { dataPoint } from './telemetry';
import {
  device,
  event,
  fleet,
  mqttConnection,
  mqttConnectionDetails,
  org,
  overview,
  policy,
  project,
} from './fleet';
import {
  columnAction,
  columnBinding,
  control,
  lineage,
  lineageDetail,
  mirror,
  pauseCause,
  renameProposal,
  replayIntent,
  reviewColumn,
  reviewDetail,
  reviewPreview,
  schemaChangeReason,
  schemaColumn,
  schemaReview,
  schemaVersion,
} from './governance';
import { reviewComment } from './review-comments';
import { blastRadius, columnFacts, fleetRadius, reviewFacts } from './review-facts';
import { coalescedMirror, registryEntry, registryReview, registryReviewDetail } from './registry';
import { failureGroup, mirrorRow, mirrorRows, rejectedBatch, rejectedBatchDetail, stagedRow } from './rows';

/** Every named shape; the names are the description's and so the typed client's. */
export const SHAPES: Readonly<Record<string, z.ZodType>> = {
  Activity: activity,
  ApiToken: apiToken,
  BlastRadius: blastRadius,
  CoalescedMirror: coalescedMirror,
  ColumnAction: columnAction,
  ColumnBinding: columnBinding,
  ColumnFacts: columnFacts,
  Control: control,
  DataPoint: dataPoint,
  Device: device,
  Event: event,
  FailureGroup: failureGroup,
  Fleet: fleet,
  FleetRadius: fleetRadius,
  Lineage: lineage,
  LineageActivity: lineageActivity,
  LineageDetail: lineageDetail,
  Member: member,
  MemberWithPassword: memberWithPassword,
  Mirror: mirror,
  MirrorRow: mirrorRow,
  MirrorRows: mirrorRows,
  MqttAccessEvent: mqttAccessEvent,
  MqttConnection: mqttConnection,
  MqttConnectionDetails: mqttConnectionDetails,
  Org: org,
  Overview: overview,
  PageMeta: pageMeta,
  PauseCause: pauseCause,
  Policy: policy,
  Project: project,
  RegistryEntry: registryEntry,
  RegistryReview: registryReview,
  RegistryReviewDetail: registryReviewDetail,
  RejectedBatch: rejectedBatch,
  RejectedBatchDetail: rejectedBatchDetail,
  RenameProposal: renameProposal,
  ReplayIntent: replayIntent,
  ReviewColumn: reviewColumn,
  ReviewComment: reviewComment,
  ReviewDetail: reviewDetail,
  ReviewFacts: reviewFacts,
  ReviewPreview: reviewPreview,
  SchemaChangeReason: schemaChangeReason,
  SchemaColumn: schemaColumn,
  SchemaReview: schemaReview,
  SchemaVersion: schemaVersion,
  StagedRow: stagedRow,
};
