// What on the screen is old once an event has happened: exactly that is read again. Too little, and a page shows
// what is no longer so until its next poll; too much, and every tab reads everything whenever a device connects.
import { EVENT_KINDS, type EventKind } from '@/server/contract/event-kinds';
import type { Event } from '@/server/contract/fleet';

/** A query as `edgeKey` names it, and what it holds. */
export interface LiveQuery {
  path: string;
  params: Record<string, unknown>;
  data: unknown;
}

// Paths below the project. `{lineage}` and the like stand for the event's own id, or for any where it names none;
// `*` is any segment, `**` any number of them. What `fleets/{id}/` stands before is the same list, of one fleet.
const LISTS = ['overview', 'edge/lineages'];
const LINEAGE = [...LISTS, 'edge/lineages/{lineage}/**'];
/** A device's line counts its lineages and those that are paused. */
const PAUSE = [...LINEAGE, 'devices'];
const DEVICE = [
  'overview',
  'devices',
  'fleets',
  'fleets/{fleet}/devices',
  'fleets/{fleet}/devices/{device}/**',
];
const PRESENCE = [...DEVICE, 'mqtt-access-events', 'edge/lineages/*'];
const QUEUE = ['edge/schema-reviews', 'edge/review-queue'];
const REVIEW = [...LINEAGE, ...QUEUE, 'edge/schema-reviews/{subject}'];
const DRAFT = ['edge/schema-reviews/{subject}/**'];
const REPLAY = [...LINEAGE, ...QUEUE, 'edge/schema-reviews/*'];
const CONTROL = ['edge/controls', 'edge/lineages/{lineage}', 'edge/lineages', 'devices'];
const BATCH = [
  'overview',
  'devices',
  'edge/rejected-batches',
  'edge/rejected-batches/groups',
  'edge/rejected-batches/{subject}',
  // How many of its table wait.
  'edge/lineages/*',
];
const SHARED = [
  'edge/registry/**',
  'edge/registry-tables',
  'edge/registry-reviews/**',
  'edge/coalesced-mirrors/**',
];
const REGISTRY = [...SHARED, 'overview', ...QUEUE];
const DECIDED = [...SHARED, ...LISTS, ...QUEUE, 'edge/lineages/*/**', 'edge/schema-reviews/**'];
const BULK = ['edge/bulk-jobs', 'edge/bulk-jobs/{subject}/**'];
const VIEWS = ['saved-views'];
const CONSOLIDATION = [...SHARED, 'edge/consolidations/**', 'edge/consolidation-candidates'];
const MEMBERS = ['org/members'];
const TOKENS = ['org/tokens'];
const WEBHOOKS = ['webhooks', 'webhooks/{subject}/**'];
const NOTHING: string[] = [];

const SCOPE: Record<EventKind, readonly string[]> = {
  'auth.identity_bound': MEMBERS,
  'auth.member_added': MEMBERS,
  'auth.member_removed': MEMBERS,
  'auth.member_role_changed': MEMBERS,
  'auth.owner_created': MEMBERS,
  'auth.password_changed': NOTHING,
  'auth.password_reset': MEMBERS,
  'auth.sign_in_failed': NOTHING,
  'auth.signed_in': MEMBERS,
  'auth.token_created': TOKENS,
  'auth.token_revoked': TOKENS,
  'device.connected': PRESENCE,
  'device.credentials_rotated': DEVICE,
  'device.deleted': [...DEVICE, 'fleets', ...LISTS, ...QUEUE, ...SHARED],
  'device.denied': PRESENCE,
  'device.disconnected': PRESENCE,
  'device.registered': [...DEVICE, 'fleets'],
  'device_data_point.created': ['devices/{device}/data-points'],
  'edge_batch.rejected': BATCH,
  'edge_batch.retried': BATCH,
  'edge_bulk.cancelled': BULK,
  'edge_bulk.completed': BULK,
  'edge_bulk.item_failed': BULK,
  'edge_bulk.previewed': BULK,
  'edge_bulk.shape_decided': BULK,
  'edge_bulk.started': BULK,
  'edge_consolidation.completed': [...CONSOLIDATION, ...DECIDED],
  'edge_consolidation.old_mirrors_dropped': CONSOLIDATION,
  'edge_consolidation.paused': CONSOLIDATION,
  'edge_consolidation.resumed': CONSOLIDATION,
  'edge_consolidation.started': CONSOLIDATION,
  'edge_consolidation.stopped': CONSOLIDATION,
  'edge_control.acknowledged': CONTROL,
  'edge_control.queued': CONTROL,
  'edge_control.sent': CONTROL,
  'edge_mirror.consolidated': [...CONSOLIDATION, ...LINEAGE],
  'edge_mirror.evolved': [...LINEAGE, 'edge/coalesced-mirrors/**'],
  'edge_mirror.provisioned': [...LINEAGE, 'edge/coalesced-mirrors/**'],
  'edge_registry_entry.additive_continued': DECIDED,
  'edge_registry_entry.consolidated': DECIDED,
  'edge_registry_entry.reconciled': DECIDED,
  'edge_registry_review.abandoned': DECIDED,
  'edge_registry_review.approved': DECIDED,
  'edge_registry_review.claimed': REGISTRY,
  'edge_registry_review.commented': ['edge/registry-reviews/{subject}/**'],
  'edge_registry_review.draft_saved': ['edge/registry-reviews/{subject}/**'],
  'edge_registry_review.queued': REGISTRY,
  'edge_registry_review.rejected': DECIDED,
  'edge_registry_review.released': REGISTRY,
  'edge_registry_review.reopened': DECIDED,
  'edge_registry_review.restated': REGISTRY,
  'edge_replay.completed': REPLAY,
  'edge_replay.failed': REPLAY,
  'edge_replay.scheduled': REPLAY,
  'edge_replay.started': REPLAY,
  'edge_rows.exported': NOTHING,
  'edge_schema_review.amended': REVIEW,
  'edge_schema_review.approved': REVIEW,
  'edge_schema_review.claimed': REVIEW,
  'edge_schema_review.commented': DRAFT,
  'edge_schema_review.draft_saved': DRAFT,
  'edge_schema_review.queued': REVIEW,
  'edge_schema_review.rejected': REVIEW,
  'edge_schema_review.released': REVIEW,
  'edge_schema_review.reopened': REVIEW,
  'edge_schema_review.restated': REVIEW,
  'edge_schema_review.superseded': REVIEW,
  'edge_table_lineage.additive_continued': [...LINEAGE, 'edge/registry/**'],
  'edge_table_lineage.created': [...LINEAGE, ...DEVICE],
  'edge_table_lineage.deleted': [...PAUSE, ...QUEUE, 'edge/schema-reviews/**', 'edge/controls', ...SHARED],
  'edge_table_lineage.failures_retried': LINEAGE,
  'edge_table_lineage.ingestion_paused': PAUSE,
  'edge_table_lineage.ingestion_resumed': PAUSE,
  'edge_table_lineage.materialization_reset': REPLAY,
  'edge_table_lineage.pause_cause_cleared': LINEAGE,
  'edge_table_lineage.registry_approved': [...LINEAGE, ...SHARED],
  'edge_table_lineage.schema_continued': [...LINEAGE, ...QUEUE],
  'edge_table_lineage.staged_discarded': REPLAY,
  'fleet.created': ['fleets', 'devices'],
  'fleet.deleted': ['fleets', 'devices'],
  'fleet.renamed': ['fleets', 'devices', ...SHARED],
  'policy.changed': [
    'edge/policy/**',
    'edge/lineages/*',
    'edge/schema-reviews/**',
    ...QUEUE,
    ...SHARED,
    'edge/consolidation-candidates',
  ],
  'project.created': NOTHING,
  'request.refused': NOTHING,
  'saved_view.changed': VIEWS,
  'saved_view.created': VIEWS,
  'saved_view.deleted': VIEWS,
  'webhook.changed': WEBHOOKS,
  'webhook.created': WEBHOOKS,
  'webhook.deleted': WEBHOOKS,
  'webhook.delivery_failed': WEBHOOKS,
  'webhook.redelivered': WEBHOOKS,
  'webhook.secret_rotated': WEBHOOKS,
  'webhook.tested': WEBHOOKS,
};

const isKnown = (kind: string): kind is EventKind => (EVENT_KINDS as readonly string[]).includes(kind);

const EVENTS = 'events';
const OF_FLEET = /^fleets\/([^/]+)\/(?=edge\/)/;

type Ids = Pick<Event, 'fleet_id' | 'device_id' | 'lineage_id'>;

function idOf(event: Event, name: string): string | null {
  switch (name) {
    case '{lineage}':
      return event.lineage_id;
    case '{device}':
      return event.device_id;
    case '{fleet}':
      return event.fleet_id;
    default:
      return event.subject.id;
  }
}

function matches(pattern: string, path: string, event: Event): boolean {
  const given = path.split('/');
  const wanted = pattern.split('/');
  const isOpen = wanted.at(-1) === '**';
  if (isOpen) wanted.pop();
  if (isOpen ? given.length < wanted.length : given.length !== wanted.length) return false;
  return wanted.every((segment, at) => {
    if (segment === '*') return true;
    if (!segment.startsWith('{')) return segment === given[at];
    const id = idOf(event, segment);
    return id === null || id === given[at];
  });
}

const recordOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

/** True where `about` names another lineage, device or fleet than the event does. */
function isOfAnother(about: Record<string, unknown>, event: Ids): boolean {
  return (['lineage_id', 'device_id', 'fleet_id'] as const).some((name) => {
    const [of, own] = [about[name], event[name]];
    return typeof of === 'string' && of !== '' && own !== null && of !== own;
  });
}

/** The log itself: its filters say whether the event is in it. */
function isListed(params: Record<string, unknown>, event: Event): boolean {
  const { kind, subject_id: subject } = params;
  const isKind =
    typeof kind !== 'string' ||
    (kind.endsWith('*') ? event.kind.startsWith(kind.slice(0, -1)) : event.kind === kind);
  return isKind && (typeof subject !== 'string' || subject.split(',').includes(event.subject.id));
}

/** True where the query may answer differently since `event`; a kind of another version may change anything. */
export function isAffected(query: LiveQuery, event: Event): boolean {
  if (isOfAnother(query.params, event)) return false;
  if (query.path === EVENTS) return isListed(query.params, event);
  if (!isKnown(event.kind)) return true;
  const fleetId = OF_FLEET.exec(query.path)?.[1];
  if (fleetId !== undefined && isOfAnother({ fleet_id: fleetId }, event)) return false;
  const path = query.path.replace(OF_FLEET, '');
  if (!SCOPE[event.kind].some((pattern) => matches(pattern, path, event))) return false;
  const data = recordOf(query.data);
  return !isOfAnother(data, event) && !isOfAnother(recordOf(data['lineage']), event);
}
