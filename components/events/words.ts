// What each kind of event says, as a sentence without its actor, and the page of what it is about.
import type { EventKind } from '@/server/contract/event-kinds';
import type { Event } from '@/server/contract/fleet';
import { formatCounted } from '@/components/ui/format';

const SENTENCE: Record<EventKind, string> = {
  'auth.identity_bound': 'bound an identity of the provider to a person',
  'auth.member_added': 'added a member',
  'auth.member_removed': 'removed a member',
  'auth.member_role_changed': 'changed the role of a member',
  'auth.owner_created': 'created the first owner',
  'auth.password_changed': 'changed their own password',
  'auth.password_reset': 'gave a member a new password',
  'auth.sign_in_failed': 'could not sign in',
  'auth.signed_in': 'signed in',
  'auth.token_created': 'created an API token',
  'auth.token_revoked': 'revoked an API token',
  'device.connected': 'connected',
  'device.credentials_rotated': 'issued new MQTT credentials',
  'device.deleted': 'deleted the device',
  'device.denied': 'was turned away by the broker',
  'device.disconnected': 'disconnected',
  'device.registered': 'registered the device',
  'device_data_point.created': 'made a data point',
  'edge_batch.rejected': 'rejected a batch',
  'edge_batch.retried': 'retried a rejected batch',
  'edge_bulk.cancelled': 'stopped a bulk operation',
  'edge_bulk.completed': 'completed a bulk operation',
  'edge_bulk.item_failed': 'failed on one item of a bulk operation',
  'edge_bulk.previewed': 'counted a bulk operation',
  'edge_bulk.shape_decided': 'decided one shape of a bulk operation',
  'edge_bulk.started': 'started a bulk operation',
  'edge_consolidation.completed': 'completed the consolidation',
  'edge_consolidation.old_mirrors_dropped': 'dropped old mirror tables',
  'edge_consolidation.paused': 'held the consolidation up',
  'edge_consolidation.resumed': 'took the consolidation up again',
  'edge_consolidation.started': 'started the consolidation',
  'edge_consolidation.stopped': 'stopped the consolidation',
  'edge_control.acknowledged': 'heard the device acknowledge a control',
  'edge_control.queued': 'queued a control for the device',
  'edge_control.sent': 'sent a control to the device',
  'edge_mirror.consolidated': 'moved a device into the shared mirror',
  'edge_mirror.evolved': 'added columns to the mirror table',
  'edge_mirror.provisioned': 'made the mirror table',
  'edge_registry_entry.additive_continued': 'added nullable columns without a review',
  'edge_registry_entry.consolidated': 'took the version over from devices',
  'edge_registry_entry.reconciled': 'reconciled the version',
  'edge_registry_review.abandoned': 'abandoned the registry review',
  'edge_registry_review.approved': 'approved the registry review',
  'edge_registry_review.claimed': 'claimed the registry review',
  'edge_registry_review.restated': 'described the columns of the registry review anew',
  'edge_registry_review.commented': 'commented on the registry review',
  'edge_registry_review.draft_saved': 'saved the draft of the registry review',
  'edge_registry_review.queued': 'queued a registry review',
  'edge_registry_review.rejected': 'rejected the registry review',
  'edge_registry_review.released': 'released the registry review',
  'edge_registry_review.reopened': 'reopened the registry review',
  'edge_replay.completed': 'completed the replay',
  'edge_replay.failed': 'stopped the replay: it failed',
  'edge_replay.scheduled': 'scheduled a replay',
  'edge_replay.started': 'started the replay',
  'edge_rows.exported': 'exported rows',
  'edge_schema_review.amended': 'amended the review',
  'edge_schema_review.approved': 'approved the review',
  'edge_schema_review.claimed': 'claimed the review',
  'edge_schema_review.commented': 'commented on the review',
  'edge_schema_review.draft_saved': 'saved the draft of the review',
  'edge_schema_review.queued': 'queued a schema review',
  'edge_schema_review.rejected': 'rejected the review',
  'edge_schema_review.released': 'released the review',
  'edge_schema_review.reopened': 'reopened the review',
  'edge_schema_review.restated': 'stated the review anew',
  'edge_schema_review.superseded': 'superseded the review',
  'edge_table_lineage.additive_continued': 'added nullable columns without a review',
  'edge_table_lineage.created': 'started the lineage',
  'edge_table_lineage.deleted': 'deleted the lineage',
  'edge_table_lineage.failures_retried': 'sent failed rows on again',
  'edge_table_lineage.ingestion_paused': 'paused the lineage',
  'edge_table_lineage.ingestion_resumed': 'resumed the lineage',
  'edge_table_lineage.materialization_reset': 'reset materialization',
  'edge_table_lineage.pause_cause_cleared': 'ended one pause cause',
  'edge_table_lineage.registry_approved': 'took the approval of the registry',
  'edge_table_lineage.schema_continued': 'went on with an approved schema',
  'edge_table_lineage.staged_discarded': 'discarded staged rows',
  'fleet.created': 'created the fleet',
  'fleet.deleted': 'deleted the fleet',
  'fleet.renamed': 'renamed the fleet',
  'policy.changed': 'changed the policy',
  'project.created': 'created the project',
  'request.refused': 'was refused a request',
  'saved_view.changed': 'changed a saved view',
  'saved_view.created': 'saved a view',
  'saved_view.deleted': 'deleted a saved view',
  'webhook.changed': 'changed a webhook',
  'webhook.created': 'set up a webhook',
  'webhook.deleted': 'deleted a webhook',
  'webhook.delivery_failed': 'gave up a webhook message',
  'webhook.redelivered': 'sent a webhook message again',
  'webhook.secret_rotated': 'made a new secret for a webhook',
  'webhook.tested': 'sent a webhook test',
};

/** What happened; a kind of another version is shown as it is. */
export const eventSentence = (kind: string): string =>
  kind in SENTENCE ? SENTENCE[kind as EventKind] : kind;

/** The kinds that can be filtered by, in families. */
export const EVENT_FAMILIES = [
  { value: 'edge_schema_review.*', label: 'Reviews' },
  { value: 'edge_registry_review.*', label: 'Registry reviews' },
  { value: 'edge_registry_entry.*', label: 'Registry versions' },
  { value: 'edge_consolidation.*', label: 'Consolidation' },
  { value: 'edge_table_lineage.*', label: 'Lineages' },
  { value: 'edge_replay.*', label: 'Replays' },
  { value: 'edge_mirror.*', label: 'Mirrors' },
  { value: 'edge_batch.*', label: 'Batches' },
  { value: 'edge_control.*', label: 'Controls' },
  { value: 'device.*', label: 'Devices' },
  { value: 'device_data_point.*', label: 'Data points' },
  { value: 'fleet.*', label: 'Fleets' },
  { value: 'edge_bulk.*', label: 'Bulk operations' },
  { value: 'edge_rows.*', label: 'Exports of rows' },
  { value: 'policy.*', label: 'Policy' },
  { value: 'webhook.*', label: 'Webhooks' },
  { value: 'auth.*', label: 'Sign-in and tokens' },
  { value: 'request.*', label: 'Refused requests' },
] as const;

const PAGE: Record<string, string> = {
  lineage: '/lineages/',
  schema_review: '/reviews/',
  registry_review: '/reviews/registry/',
  registry_entry: '/registry/',
  consolidation: '/registry/consolidation/',
  bulk_job: '/bulk/',
  device: '/devices/',
  rejected_batch: '/rejected/',
  webhook: '/settings/webhooks/',
  fleet: '/devices?fleet=',
};

/** Where what the event is about can be seen: on its page, else on its lineage's; null where there is neither. */
export function subjectHref({
  kind,
  subject,
  lineage_id: lineage,
}: Pick<Event, 'kind' | 'subject' | 'lineage_id'>): string | null {
  if (kind.endsWith('.deleted')) return null;
  if (subject.kind === 'policy') return '/policy';
  const page = PAGE[subject.kind];
  if (page !== undefined) return `${page}${subject.id}`;
  if (lineage !== null) return `/lineages/${lineage}`;
  return subject.kind === 'mirror' ? `/registry/mirrors/${subject.id}` : null;
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const rows = (value: unknown): string | null =>
  typeof value === 'number' ? formatCounted(value, 'row') : null;

type Named = Pick<Event, 'subject' | 'lineage_id' | 'source_table' | 'device_name' | 'fleet_name' | 'data'>;

const mirrorTableIn = (data: Event['data']): string | null =>
  text(data['mirror_table_name']) ?? text(data['table']);

/**
 * The names of what an event is about: the table and its device, else the fleet, else what its data names. A mirror that
 * devices share goes by its own name: its scope may be the project, which has none here, or a fleet, which it is not.
 */
export function eventAbout(event: Named): string[] {
  const { data, subject } = event;
  const shared = subject.kind === 'mirror' && event.lineage_id === null ? mirrorTableIn(data) : null;
  if (shared !== null) return [shared, event.device_name].filter((name) => name !== null);
  const table = event.source_table ?? text(data['source_table']);
  const device = event.device_name ?? text(data['device_name']);
  const names = [table, device].filter((name) => name !== null);
  if (names.length > 0) return names;
  return [text(data['name']) ?? event.fleet_name].filter((name) => name !== null);
}

/** The part of an event's data that says most beside its names, in a line; empty where there is none. */
export function eventDetail(event: Named): string {
  const { data } = event;
  const parts = [
    text(data['detail']) ?? text(data['reason']) ?? text(data['code']),
    text(data['name']),
    mirrorTableIn(data),
    rows(data['discarded_rows']) ?? rows(data['deleted_staged_rows']) ?? rows(data['total_rows']),
    text(data['outcome']),
  ];
  const named = eventAbout(event);
  return parts.filter((part) => part !== null && !named.includes(part)).join(' · ');
}
