import { describe, expect, test } from 'vitest';
import type { LineageDetail } from '@/server/contract/governance';
import { backlogOf } from './backlog';
import { flowOf, troublesOf } from './flow';
import { lineagePermits } from './permit';
import type { CauseKind } from './words';

const AT = '2026-01-01T00:00:00.000Z';
const NOW = Date.parse('2026-01-01T01:00:00.000Z');

const cause = (kind: CauseKind) => ({
  cause: kind,
  since: AT,
  detail: `because of ${kind}`,
  device_told: false,
  acknowledged_at: null,
});

function detailWith(
  causes: CauseKind[],
  lineage: Partial<LineageDetail['lineage']> = {},
  more: Partial<LineageDetail> = {},
): LineageDetail {
  return {
    lineage: {
      id: 'l',
      org_id: 'o',
      project_id: 'p',
      fleet_id: 'f',
      device_id: 'd',
      device_name: 'pump',
      source_table: 't',
      status: causes.length === 0 ? 'active' : 'paused',
      pause_causes: causes.map(cause),
      staged_row_count: 0,
      staged_bytes: 0,
      accepted_row_count: 10,
      rows_per_minute: 0,
      staged_rows_max: 100_000,
      staged_bytes_max: 67_108_864,
      duplicate_row_count: 0,
      rejected_row_count: 0,
      watermark: {},
      last_batch_at: AT,
      last_staged_at: null,
      last_written_at: null,
      current_schema_hash: 'h',
      mirror_id: null,
      materialization_failure_count: 0,
      materialization_last_error: null,
      created_at: AT,
      updated_at: AT,
      ...lineage,
    },
    schema_versions: [],
    column_bindings: [],
    replay_intent: null,
    pending_controls: [],
    mirror: null,
    open_review: null,
    registry_review_id: null,
    refused_batches: { waiting: 0, last_at: null },
    failed_row_count: 0,
    ...more,
  };
}

const REPLAY = {
  id: 'r',
  action_kind: 'approve',
  action_version: 1,
  total_rows: 5,
  done_rows: 3,
  failure_count: 0,
  last_error: null,
  created_at: AT,
  updated_at: AT,
} as const;

const flow = (detail: LineageDetail) =>
  troublesOf(flowOf({ detail, device: undefined, overview: undefined }));

describe('what may be done', () => {
  test('a reset needs a failure, and names the real cause where there is none', () => {
    expect(lineagePermits(detailWith([]), undefined).reset).toContain('no write of this lineage has failed');
    expect(lineagePermits(detailWith(['backpressure']), undefined).reset).toContain('backpressure');
    expect(lineagePermits(detailWith(['circuit_breaker']), undefined).reset).toBeUndefined();
    const failing = detailWith([], { materialization_failure_count: 1 });
    expect(lineagePermits(failing, undefined).reset).toBeUndefined();
  });

  test('pause and resume exclude each other; discarding needs rows', () => {
    const paused = lineagePermits(detailWith(['operator'], { staged_row_count: 3 }), undefined);
    expect([paused.pause === undefined, paused.resume === undefined]).toEqual([false, true]);
    expect(paused.discard).toBeUndefined();
    const active = lineagePermits(detailWith([]), undefined);
    expect([active.pause === undefined, active.resume === undefined]).toEqual([true, false]);
    expect(active.discard).toBe('No row is staged.');
  });

  test('a missing permission is the reason for every change', () => {
    const { reset, pause, resume, discard, remove } = lineagePermits(detailWith(['operator']), 'not you');
    expect([reset, pause, resume, discard, remove]).toEqual(Array(5).fill('not you'));
  });
});

describe('the flow strip', () => {
  test('what was refused once and needs nobody any more is no trouble', () => {
    expect(flow(detailWith([], { rejected_row_count: 7 }))).toEqual([]);
    const refused = { refused_batches: { waiting: 1, last_at: AT } };
    const [trouble] = flow(detailWith([], {}, refused));
    expect(trouble).toMatchObject({ id: 'validate', tone: 'wait' });
    expect(trouble?.trouble).toContain(
      '1 batch of this table was refused in the last 24 hours and is not in yet',
    );
  });

  test('a full backlog leads to what holds it, and to the cap only where nothing does', () => {
    const mendOf = (causes: CauseKind[]) => flow(detailWith(causes)).find(({ id }) => id === 'stage')?.mend;
    expect(mendOf(['backpressure'])).toMatchObject({ label: 'See the cap', href: '/policy?fleet=f' });
    expect(mendOf(['backpressure', 'circuit_breaker'])).toMatchObject({ kind: 'reset' });
    expect(mendOf(['backpressure', 'operator'])).toMatchObject({ kind: 'resume' });
  });

  test('rows that failed are a trouble of the replay as long as they are there', () => {
    const replay = { ...REPLAY, status: 'completed', failure_count: 2 } as const;
    expect(flow(detailWith([], {}, { replay_intent: replay }))).toEqual([]);
    const [trouble] = flow(
      detailWith([], { staged_row_count: 2 }, { replay_intent: replay, failed_row_count: 2 }),
    );
    expect(trouble).toMatchObject({ id: 'replay', tone: 'bad', mend: { kind: 'reset' } });
    expect(trouble?.trouble).toContain('2 rows cannot be written and stay staged.');
    const open = flow(detailWith(['circuit_breaker'], {}, { failed_row_count: 2 }));
    expect(open.map(({ id, tone }) => [id, tone])).toEqual([
      ['mirror', 'bad'],
      ['replay', 'wait'],
    ]);
  });

  test('a lineage without causes has no trouble', () => {
    expect(flow(detailWith([]))).toEqual([]);
  });

  test('what is broken comes before what only waits, wherever it is on the way', () => {
    const troubles = flow(
      detailWith(['operator', 'circuit_breaker'], {}, { refused_batches: { waiting: 2, last_at: AT } }),
    );
    expect(troubles.map(({ id }) => id)).toEqual(['mirror', 'validate', 'stage']);
    expect(troubles.map(({ mend }) => mend?.kind)).toEqual(['reset', 'link', 'resume']);
  });

  test('a schema hold without an open review says how it ends', () => {
    const [trouble] = flow(detailWith(['schema_review']));
    expect(trouble?.id).toBe('classify');
    expect(trouble?.trouble).toContain('rejected or deferred');
  });

  test('a rejected schema that is still being sent is called so, with the rows that wait', () => {
    const rejected = detailWith(['schema_review'], { staged_row_count: 7, current_schema_hash: 'b' });
    const version = { schema_hash: 'b', status: 'rejected', staged_row_count: 7, first_seen_at: '' };
    const [trouble] = flow({ ...rejected, schema_versions: [version] as LineageDetail['schema_versions'] });
    expect(trouble?.trouble).toContain('was rejected and is still being sent');
    expect(trouble?.trouble).toContain('7 rows');
  });

  test('rows that stay staged while nothing holds the lineage are a trouble, with a way to them', () => {
    const [trouble] = flow(detailWith([], { staged_row_count: 3 }));
    expect(trouble?.id).toBe('stage');
    expect(trouble?.mend?.kind).toBe('link');
    const running = {
      status: 'running',
      failure_count: 0,
      last_error: null,
    } as LineageDetail['replay_intent'];
    expect(flow({ ...detailWith([], { staged_row_count: 3 }), replay_intent: running })).toEqual([]);
  });

  const timesOf = (detail: LineageDetail) => {
    const stages = flowOf({ detail, device: undefined, overview: undefined });
    return Object.fromEntries(stages.map(({ id, at, never }) => [id, at ?? never]));
  };

  test('says when rows were last staged and written, whatever waits and whatever holds them', () => {
    const times = { last_staged_at: '2026-01-01T00:10:00.000Z', last_written_at: '2026-01-01T00:20:00.000Z' };
    const told = { stage: times.last_staged_at, mirror: times.last_written_at };
    const mirror = { source: 'mirror', row_count_estimate: 3 } as LineageDetail['mirror'];
    expect(timesOf(detailWith([], times, { mirror }))).toMatchObject(told);
    expect(timesOf(detailWith(['operator'], { ...times, staged_row_count: 3 }, { mirror }))).toMatchObject(
      told,
    );
  });

  test('says so where a stage has never had a row, and nothing of what is not read yet', () => {
    expect(timesOf(detailWith([]))).toMatchObject({
      device: '',
      broker: '',
      classify: 'not yet',
      stage: 'never',
      replay: 'never',
      mirror: 'not yet',
    });
  });

  test('an estimate of a table that devices share is said to be of all of them', () => {
    const mirror = { source: 'coalesced', row_count_estimate: 3 } as LineageDetail['mirror'];
    const stages = flowOf({ detail: detailWith([], {}, { mirror }), device: undefined, overview: undefined });
    expect(stages.at(-1)).toMatchObject({ figure: '≈ 3', unit: 'rows of all devices, estimated' });
  });

  test('no worker alive is the first trouble', () => {
    const overview = { workers: [] } as unknown as NonNullable<Parameters<typeof flowOf>[0]['overview']>;
    const stages = flowOf({ detail: detailWith(['backpressure']), device: undefined, overview });
    expect(troublesOf(stages).map(({ id }) => id)).toEqual(['broker', 'stage']);
  });
});

describe('the backlog', () => {
  const caps = {
    max_pending_rows_per_lineage: 1000,
    max_pending_bytes_per_lineage: 100,
    resume_threshold_percent: 80,
  };
  const of = (more: Partial<LineageDetail['lineage']>, fullAt: string | null = null) =>
    backlogOf(detailWith([], more).lineage, caps, { full_at: fullAt }, NOW);

  test('takes the fuller of rows and bytes', () => {
    expect(of({ staged_row_count: 100, staged_bytes: 50 }).share).toBe(0.5);
    expect(of({ staged_row_count: 900, staged_bytes: 50 }).share).toBe(0.9);
  });

  test('is full when the server says, and says nothing once it is', () => {
    const inThreeHours = new Date(NOW + 3 * 3_600_000).toISOString();
    expect(of({ staged_row_count: 250 }, inThreeHours).fullInMs).toBe(3 * 3_600_000);
    expect(of({ staged_row_count: 250 }).fullInMs).toBeNull();
    expect(of({ staged_row_count: 1001 }, inThreeHours).fullInMs).toBeNull();
  });
});
