// The way of a row from its device to the mirror, with what is known of each stage and the first place where
// it stops. Pure: the strip only draws it, and a test can name every trouble.
import type { Device, Overview } from '@/server/contract/fleet';
import type { LineageDetail } from '@/server/contract/governance';
import { formatCount, formatCounted } from '@/components/ui/format';
import type { Tone } from '@/components/ui/status-chip';
import { reviewLink } from './review-link';

export type Mend =
  { kind: 'link'; label: string; href: string } | { kind: 'reset' | 'resume'; label: string } | null;

export interface Stage {
  id: 'device' | 'broker' | 'validate' | 'classify' | 'stage' | 'replay' | 'mirror';
  name: string;
  /** The stage's count, or its state in a word or two. */
  figure: string;
  /** What the figure counts. */
  unit: string;
  /** When something last happened here. */
  at: string | null;
  /** What is said where nothing ever did; empty where that is not known. */
  never: string;
  tone: Tone;
  /** What is wrong, as a sentence; null where nothing is. */
  trouble: string | null;
  mend: Mend;
}

/** `device` and `overview` are undefined until they are read. */
export interface FlowInput {
  detail: LineageDetail;
  device: Device | undefined;
  overview: Overview | undefined;
}

const calm = { trouble: null, mend: null } as const;

function deviceStage({ detail, device }: FlowInput): Stage {
  const { lineage } = detail;
  const base = { id: 'device', name: 'Device', at: device?.last_seen_at ?? null, never: '' } as const;
  const watermark = lineage.watermark.commit_seq ?? lineage.watermark.batch_seq;
  const unit = watermark === undefined ? 'no watermark' : `watermark ${watermark}`;
  if (device === undefined) return { ...base, ...calm, figure: '–', unit, tone: 'idle' };
  const never = 'never seen';
  if (device.connected) return { ...base, ...calm, never, figure: 'Connected', unit, tone: 'ok' };
  return {
    ...base,
    never,
    figure: 'Offline',
    unit,
    tone: 'wait',
    trouble: 'The device is not connected. What it has captured arrives once it is.',
    mend: { kind: 'link', label: 'Open the device', href: `/devices/${device.id}` },
  };
}

/** Nothing in the console starts a process: what is known of them is there. */
const WORKERS = { kind: 'link', label: 'See the workers', href: '/' } as const;

function brokerStage({ detail, overview }: FlowInput): Stage {
  const pending = detail.pending_controls.length;
  const alive = overview?.workers.filter((worker) => worker.alive) ?? [];
  const beat =
    overview?.workers
      .map((worker) => worker.beat_at)
      .sort()
      .at(-1) ?? null;
  const base = {
    id: 'broker',
    name: 'Broker',
    at: beat,
    never: overview === undefined ? '' : 'never',
    unit: pending === 0 ? 'no control pending' : `${formatCounted(pending, 'control')} pending`,
  } as const;
  if (overview === undefined) return { ...base, ...calm, figure: '–', tone: 'idle' };
  if (alive.length === 0) {
    return {
      ...base,
      figure: 'No worker',
      tone: 'bad',
      trouble: 'No worker runs: batches wait in the broker and nothing is replayed. Start a worker.',
      mend: WORKERS,
    };
  }
  if (!alive.some((worker) => worker.broker_connected)) {
    return {
      ...base,
      figure: 'Unreachable',
      tone: 'bad',
      trouble: 'The worker cannot reach the MQTT broker. Devices keep their changes until it can.',
      mend: WORKERS,
    };
  }
  return { ...base, ...calm, figure: 'Up', tone: 'ok' };
}

function validateStage({ detail: { lineage, refused_batches: refused } }: FlowInput): Stage {
  const rejected = lineage.rejected_row_count;
  const base = {
    id: 'validate',
    name: 'Validate',
    figure: formatCount(lineage.accepted_row_count),
    unit: rejected === 0 ? 'rows accepted' : `accepted, ${formatCount(rejected)} rejected`,
    at: lineage.last_batch_at,
    never: 'never',
  } as const;
  // What was refused long ago, or is in since, needs nobody: an amber that never ends is one that nobody sees.
  if (refused.waiting === 0) return { ...base, ...calm, tone: 'ok' };
  const query = new URLSearchParams({
    view: 'all',
    device: lineage.device_id,
    table: lineage.source_table,
    state: 'waiting',
    hours: '24',
  });
  return {
    ...base,
    at: refused.last_at ?? base.at,
    tone: 'wait',
    trouble: `${formatCounted(refused.waiting, 'batch', 'batches')} of this table ${refused.waiting === 1 ? 'was' : 'were'} refused in the last 24 hours and ${refused.waiting === 1 ? 'is' : 'are'} not in yet.`,
    mend: { kind: 'link', label: 'Open rejected batches', href: `/rejected?${query.toString()}` },
  };
}

function classifyStage({ detail }: FlowInput): Stage {
  const { lineage, schema_versions: versions, open_review: review } = detail;
  const link = reviewLink(detail);
  const current = versions.find((version) => version.schema_hash === lineage.current_schema_hash);
  const base = {
    id: 'classify',
    name: 'Classify',
    figure: formatCount(versions.length),
    unit: versions.length === 1 ? 'schema version' : 'schema versions',
    at: current?.first_seen_at ?? null,
    never: 'not yet',
  } as const;
  if (link !== null) {
    const decides =
      detail.registry_review_id === null ? 'A review' : 'A review of the registry, for all devices alike,';
    return {
      ...base,
      tone: 'wait',
      trouble: `${decides} ${review?.status === 'in_review' ? 'is being decided' : 'waits for a decision'}.`,
      mend: { kind: 'link', ...link },
    };
  }
  const held = lineage.pause_causes.some(({ cause }) => cause === 'schema_review');
  if (!held) return { ...base, ...calm, tone: 'ok' };
  return {
    ...base,
    tone: 'bad',
    trouble: schemaHold(current),
    mend: {
      kind: 'link',
      label: 'Open its reviews',
      href: `/reviews?status=any&device=${lineage.device_id}&table=${encodeURIComponent(lineage.source_table)}`,
    },
  };
}

/** Why a schema holds a lineage without an open review. */
function schemaHold(current: LineageDetail['schema_versions'][number] | undefined): string {
  if (current?.status === 'rejected') {
    const rows = formatCounted(current.staged_row_count, 'row waits', 'rows wait');
    return `This schema was rejected and is still being sent; ${rows}. Reopen its review, discard the rows, or let the device send a schema that was approved.`;
  }
  if (current?.status === 'deferred')
    return 'A required column of this schema was deferred: rows wait until its review is amended.';
  return 'The schema was rejected or deferred. Reopen its review, or let the device send an approved one.';
}

function stageStage({ detail }: FlowInput): Stage {
  const { lineage, replay_intent: replay } = detail;
  const operator = lineage.pause_causes.find(({ cause }) => cause === 'operator');
  const pressure = lineage.pause_causes.find(({ cause }) => cause === 'backpressure');
  const base = {
    id: 'stage',
    name: 'Stage',
    figure: formatCount(lineage.staged_row_count),
    unit: lineage.staged_row_count === 1 ? 'row staged' : 'rows staged',
    at: lineage.last_staged_at,
    never: 'never',
  } as const;
  if (pressure !== undefined) {
    return { ...base, tone: 'bad', trouble: `Backpressure. ${pressure.detail}`, mend: drainOf(detail) };
  }
  if (operator !== undefined) {
    const mend = { kind: 'resume', label: 'Resume' } as const;
    return { ...base, tone: 'wait', trouble: `Paused: ${operator.detail}`, mend };
  }
  if (isLeftBehind(lineage, replay)) {
    const rows = formatCounted(lineage.staged_row_count, 'row stays', 'rows stay');
    const trouble = `${rows} staged although nothing holds the lineage: what failed waits for a remedy, later rows go on.`;
    const href = `/lineages/${lineage.id}/rows?source=staged&reason=materialization_failed`;
    return { ...base, tone: 'wait', trouble, mend: { kind: 'link', label: 'See these rows', href } };
  }
  return { ...base, ...calm, tone: lineage.staged_row_count === 0 ? 'ok' : 'info' };
}

/** What lets a full backlog drain: the decision or the reset that holds its rows, else a wider cap. */
function drainOf(detail: LineageDetail): Mend {
  const { lineage } = detail;
  const review = reviewLink(detail);
  if (review !== null) return { kind: 'link', ...review };
  const causes = lineage.pause_causes.map(({ cause }) => cause);
  if (causes.includes('circuit_breaker')) return { kind: 'reset', label: 'Reset' };
  if (causes.includes('operator')) return { kind: 'resume', label: 'Resume' };
  return { kind: 'link', label: 'See the cap', href: `/policy?fleet=${lineage.fleet_id}` };
}

/** Rows that no pause holds and no replay is about to take. */
const isLeftBehind = (
  { staged_row_count: staged, pause_causes: causes }: LineageDetail['lineage'],
  replay: LineageDetail['replay_intent'],
): boolean =>
  staged > 0 && causes.length === 0 && replay?.status !== 'pending' && replay?.status !== 'running';

function replayStage({ detail }: FlowInput): Stage {
  const { replay_intent: replay, failed_row_count: failed } = detail;
  const base = { id: 'replay', name: 'Replay', at: replay?.updated_at ?? null, never: 'never' } as const;
  const figure = replay === null ? '–' : formatCount(replay.done_rows);
  const unit = replay === null ? 'never needed' : `of ${formatCounted(replay.total_rows, 'row')}`;
  if (replay?.status === 'failed' || failed > 0) {
    const rows = `${formatCounted(failed, 'row')} cannot be written and ${failed === 1 ? 'stays' : 'stay'} staged.`;
    const last = replay?.last_error ?? '';
    const trouble = failed === 0 ? last || 'The last replay failed.' : `${rows} ${last}`.trim();
    // What has opened the breaker is told by the mirror's stage, and mended there.
    const isOpen = detail.lineage.pause_causes.some(({ cause }) => cause === 'circuit_breaker');
    const tone = isOpen ? 'wait' : 'bad';
    return { ...base, figure, unit, tone, trouble, mend: { kind: 'reset', label: 'Reset' } };
  }
  if (replay === null) return { ...base, ...calm, figure, unit, tone: 'idle' };
  return { ...base, ...calm, figure, unit, tone: replay.status === 'completed' ? 'ok' : 'info' };
}

function mirrorUnit(mirror: LineageDetail['mirror']): string {
  if (mirror === null) return 'not provisioned';
  return mirror.source === 'coalesced' ? 'rows of all devices, estimated' : 'rows, estimated';
}

function mirrorStage({ detail: { lineage, mirror } }: FlowInput): Stage {
  const rows = mirror?.row_count_estimate ?? 0;
  const base = {
    id: 'mirror',
    name: 'Mirror',
    figure: mirror === null ? 'None' : `≈ ${formatCount(Math.max(0, rows))}`,
    // The estimate is of the table as a whole, whoever shares it.
    unit: mirrorUnit(mirror),
    at: mirror === null ? null : lineage.last_written_at,
    never: 'not yet',
  } as const;
  const error = lineage.materialization_last_error;
  if (lineage.pause_causes.some(({ cause }) => cause === 'circuit_breaker')) {
    const trouble = `Breaker open. ${error ?? 'Five batches in a row had rows that cannot be written.'}`;
    return { ...base, tone: 'bad', trouble, mend: { kind: 'reset', label: 'Reset' } };
  }
  if (lineage.materialization_failure_count > 0) {
    const trouble = `${formatCounted(lineage.materialization_failure_count, 'batch', 'batches')} in a row failed; at 5 the breaker opens. ${error ?? ''}`;
    return { ...base, tone: 'wait', trouble: trouble.trim(), mend: { kind: 'reset', label: 'Reset' } };
  }
  return { ...base, ...calm, tone: mirror === null ? 'idle' : 'ok' };
}

/** The seven stages in order. */
export const flowOf = (input: FlowInput): Stage[] => [
  deviceStage(input),
  brokerStage(input),
  validateStage(input),
  classifyStage(input),
  stageStage(input),
  replayStage(input),
  mirrorStage(input),
];

/** The stages in trouble, the one to look at first in front: the first that is broken, else that waits. */
export function troublesOf(stages: readonly Stage[]): Stage[] {
  const troubled = stages.filter(({ trouble }) => trouble !== null);
  const first = troubled.find(({ tone }) => tone === 'bad') ?? troubled[0];
  return first === undefined ? [] : [first, ...troubled.filter((stage) => stage !== first)];
}
