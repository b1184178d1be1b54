import { describe, expect, it } from 'vitest';
import { classifySqlError, type SqlFailure } from './sqlstate';

const withCode = (code: string): Error => Object.assign(new Error(code), { code });

const CASES: [SqlFailure, string[]][] = [
  // The message stays unacknowledged, is tried again, and nothing counts towards the breaker.
  [
    'transient',
    [
      '08006', // the connection failed
      '40001', // serialization
      '40P01', // deadlock
      '53100', // disk full
      '53200', // out of memory
      '53300', // too many connections
      '55P03', // lock not available
      '57014', // cancelled
      '57P01', // the server is being shut down
      '57P03', // it cannot be connected to now
      '58030', // I/O error
      '25006', // read only, in the middle of a failover
      'CONNECTION_CLOSED',
      'CONNECT_TIMEOUT',
      'ECONNREFUSED',
      'ECONNRESET',
      'EAI_AGAIN',
      'ENETUNREACH',
    ],
  ],
  ['data', ['22003', '22P02', '22P05', '23502', '23505', '54000']],
  ['fatal', ['42601', '42P01', '42501', 'XX000', 'ERR_ASSERTION']],
];

describe('an error of a statement', () => {
  it.each(CASES)('is %s by its code alone', (failure, codes) => {
    for (const code of codes) expect([code, classifySqlError(withCode(code))]).toEqual([code, failure]);
  });

  it('is known by its cause where a layer has wrapped it', () => {
    const wrapped = new Error('Failed query', { cause: new Error('inner', { cause: withCode('53100') }) });
    expect(classifySqlError(wrapped)).toBe('transient');
  });

  it('is the row to blame where a check has a name, and a partition that came meanwhile where it has none', () => {
    const named = Object.assign(withCode('23514'), { constraint_name: 'mode_is_known' });
    expect(classifySqlError(named)).toBe('data');
    expect(classifySqlError(withCode('23514'))).toBe('transient');
  });

  it('is fatal where nothing says what it is', () => {
    expect(classifySqlError(new Error('no code'))).toBe('fatal');
    expect(classifySqlError('not even an error')).toBe('fatal');
  });
});
