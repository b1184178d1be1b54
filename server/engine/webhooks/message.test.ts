import { describe, expect, it } from 'vitest';
import { messageOf, testMessage } from './message';
import type { SituationFacts } from './situation-facts';

const now = new Date('2026-05-01T12:00:00Z');
const place = { project: { id: 'p1', name: 'Plant' }, consoleUrl: 'https://tidegate.example.org', now };

const facts: SituationFacts = {
  devices: 1000,
  deviceNames: ['pump-1', 'pump-2'],
  since: '2026-05-01T10:30:00.000Z',
  schema: {
    sourceTable: 'device_state',
    schemaHash: 'ab'.repeat(32),
    classification: 'breaking',
    changes: [
      { column: 'mode', change: 'type_changed', from: 'TEXT', to: 'INTEGER' },
      { column: 'setpoint', change: 'removed' },
    ],
  },
  fleetName: null,
  stagedRows: 8130,
  stagedBytes: 99,
  fullAt: '2026-05-01T15:10:00.000Z',
  isFull: false,
  path: '/reviews?table=device_state',
};

describe('a message', () => {
  it('names no day that is further away than a pace of minutes tells', () => {
    const { text } = messageOf('review_waits', { ...facts, fullAt: '2026-06-02T12:00:00.000Z' }, place);
    expect(text).toContain('8,130 rows held, cap not reached within 30 d at this pace.');
  });

  it('says what waits, for how many, what is held, until when, what changed, and where', () => {
    const { text, body } = messageOf('review_waits', facts, place);
    expect(text).toBe(
      'Plant: A schema of device_state waits for review: 1,000 devices, 8,130 rows held, cap reached in 3 h 10 min. Columns: mode from TEXT to INTEGER, setpoint removed.',
    );
    expect(JSON.parse(body)).toEqual({
      type: 'review_waits',
      timestamp: now.toISOString(),
      text: `${text} https://tidegate.example.org/reviews?table=device_state&project=p1`,
      data: {
        project: place.project,
        source_table: 'device_state',
        schema_hash: 'ab'.repeat(32),
        classification: 'breaking',
        changes: facts.schema?.changes,
        staged_rows: 8130,
        staged_bytes: 99,
        cap_reached: false,
        cap_reached_at: '2026-05-01T15:10:00.000Z',
        devices: 1000,
        device_names: ['pump-1', 'pump-2'],
        since: facts.since,
        link: 'https://tidegate.example.org/reviews?table=device_state&project=p1',
      },
    });
  });

  it.each([
    ['review_unclaimed', {}, 'Nobody has claimed the review of device_state, which waits for 1 h 30 min'],
    ['breaker_opened', {}, 'The circuit breaker of device_state is open'],
    ['backpressure_forecast', {}, 'The backlog of device_state is filling up'],
    [
      'backpressure_forecast',
      { isFull: true },
      'at its cap: 1,000 devices, 8,130 rows held, the cap is reached.',
    ],
    [
      'device_silent',
      { schema: null, fleetName: 'Pumps' },
      'Silent: 1,000 devices of Pumps: pump-1, pump-2 and others.',
    ],
    ['breaker_opened', { devices: 1, fullAt: null }, 'is open: pump-1, 8,130 rows held.'],
  ] as const)('%s', (kind, over, words) => {
    expect(messageOf(kind, { ...facts, ...over }, place).text).toContain(words);
  });

  it('counts the changes that it does not spell out', () => {
    const changes = Array.from({ length: 9 }, (_, i) => ({ column: `c${i}`, change: 'added' as const }));
    const schema = facts.schema === null ? null : { ...facts.schema, changes };
    expect(messageOf('review_waits', { ...facts, schema }, place).text).toMatch(/c5 added, 3 more\.$/);
  });

  it('that is a test names who sent it', () => {
    expect(testMessage('on call', 'ada@example.org', place).text).toBe(
      'Plant: a test of the webhook on call, sent by ada@example.org.',
    );
  });
});
