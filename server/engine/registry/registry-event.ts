import type { EventKind } from '@/server/contract/event-kinds';
import type { EventInput } from '../events/record-event';
import type { EntryRow } from './entry';

/** An event of an entry's review, findable from the fleet where the entry is a fleet's. */
export const registryEvent = (
  entry: Pick<
    EntryRow,
    'id' | 'orgId' | 'projectId' | 'fleetId' | 'scope' | 'scopeId' | 'sourceTable' | 'schemaHash'
  >,
  kind: EventKind,
  reviewId: string,
  data: Record<string, unknown> = {},
): EventInput => ({
  kind,
  subject: { kind: 'registry_review', id: reviewId },
  orgId: entry.orgId,
  projectId: entry.projectId,
  fleetId: entry.fleetId,
  data: {
    registry_id: entry.id,
    scope: entry.scope,
    scope_id: entry.scopeId,
    source_table: entry.sourceTable,
    schema_hash: entry.schemaHash,
    ...data,
  },
});
