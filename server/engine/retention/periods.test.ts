import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextPeriod, partitionName, periodStart, retentionFloor } from './periods';

const at = (text: string): Date => new Date(text);

describe('periods', () => {
  it.each([
    ['week', '2026-11-22T18:54:00Z', '2026-11-16T00:00:00.000Z', '2026-11-23T00:00:00.000Z'],
    ['week', '2026-11-23T00:00:00Z', '2026-11-23T00:00:00.000Z', '2026-11-30T00:00:00.000Z'],
    ['week', '1969-12-31T23:59:59Z', '1969-12-29T00:00:00.000Z', '1970-01-05T00:00:00.000Z'],
    ['month', '2026-12-31T23:59:59.999Z', '2026-12-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
    ['month', '2024-02-29T12:00:00Z', '2024-02-01T00:00:00.000Z', '2024-03-01T00:00:00.000Z'],
  ] as const)('the %s of %s', (period, moment, start, next) => {
    const begun = periodStart(at(moment), period);
    expect([begun.toISOString(), nextPeriod(begun, period).toISOString()]).toEqual([start, next]);
  });

  it('cover time without gap or overlap', () => {
    const moment = fc.date({
      min: at('1900-01-01T00:00:00Z'),
      max: at('2200-01-01T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(moment, fc.constantFrom('week' as const, 'month' as const), (time, period) => {
        const start = periodStart(time, period);
        const next = nextPeriod(start, period);
        expect(start <= time && time < next).toBe(true);
        expect(periodStart(next, period)).toEqual(next);
        expect(periodStart(new Date(next.getTime() - 1), period)).toEqual(start);
      }),
    );
  });

  it('keep at least the days that are asked for', () => {
    const floor = retentionFloor(at('2026-11-22T18:54:00Z'), 30, 'month');
    expect(floor.toISOString()).toBe('2026-10-01T00:00:00.000Z');
    expect(partitionName('batch_ledger', at('2026-11-16T00:00:00Z'))).toBe('batch_ledger_p20261116');
  });
});
