import { describe, expect, test } from 'vitest';
import type { ReviewColumn } from '@/server/contract/governance';
import { permitsOf } from './permit';

const me = 'me';
const review = (
  status: 'queued' | 'in_review' | 'approved' | 'rejected',
  claimed_by: string | null = null,
) => ({
  status,
  claimed_by,
  column_actions: null,
  columns: [],
  claimed_by_name: claimed_by === null ? null : 'Olga',
});
const allowed = (permits: ReturnType<typeof permitsOf>) =>
  (['claim', 'release', 'edit', 'approve', 'reject', 'reopen', 'amend'] as const).filter(
    (k) => permits[k] === undefined,
  );

describe('what may be done', () => {
  test('in the queue: claim, and decide by claiming first', () => {
    const permits = permitsOf(review('queued'), me, undefined);
    expect(allowed(permits)).toEqual(['claim', 'approve', 'reject']);
    expect(permits).toMatchObject({ claimsFirst: true, takesOver: false });
  });

  test('while claimed by oneself: decide', () => {
    const permits = permitsOf(review('in_review', me), me, undefined);
    expect(allowed(permits)).toEqual(['release', 'edit', 'approve', 'reject']);
    expect(permits.claimsFirst).toBe(false);
  });

  test('while claimed by another: only take over, and it says who holds it', () => {
    const permits = permitsOf(review('in_review', 'other'), me, undefined);
    expect(allowed(permits)).toEqual(['claim']);
    expect(permits.takesOver).toBe(true);
    expect(permits.edit).toContain('Olga');
  });

  test('once decided: reopen what is not in force', () => {
    expect(allowed(permitsOf(review('rejected', me), me, undefined))).toEqual(['reopen']);
    expect(allowed(permitsOf(review('approved', me), me, undefined))).toEqual([]);
    const undecided = { source_column_name: 'id', action: 'defer' as const };
    const id = (pk_ordinal: number) => ({ name: 'id', pk_ordinal }) as ReviewColumn;
    const held = { ...review('approved', me), column_actions: [undecided], columns: [id(1)] };
    expect(allowed(permitsOf(held, me, undefined))).toEqual(['reopen', 'amend']);
    const flowing = { ...held, columns: [id(0)] };
    expect(allowed(permitsOf(flowing, me, undefined))).toEqual(['amend']);
  });

  test('without the permission: nothing, and each says which permission', () => {
    const permits = permitsOf(review('queued'), me, 'Needs PROJECT_CAN_MANAGE_DEVICES.');
    expect(allowed(permits)).toEqual([]);
    expect(permits.approve).toContain('PROJECT_CAN_MANAGE_DEVICES');
  });

  test('where the registry decides: not here, and it says where', () => {
    const permits = permitsOf({ ...review('queued'), use_registry_review_id: 'there' }, me, undefined);
    expect(permits.approve).toContain('registry review');
    expect(permits.claim).toBeUndefined();
  });

  test('a shared review can be abandoned by who holds it or by anybody while nobody does, and never amended', () => {
    const shared = (status: Parameters<typeof review>[0], by: string | null = null) =>
      permitsOf({ ...review(status, by), registry_id: 'entry' }, me, undefined);
    expect(shared('queued').abandon).toBeUndefined();
    expect(shared('in_review', me).abandon).toBeUndefined();
    expect(shared('in_review', 'other').abandon).toContain('Olga');
    expect(shared('approved').abandon).toContain('approved');
    expect(shared('approved').amend).toContain('shared approval');
    expect(permitsOf(review('queued'), me, undefined).abandon).toContain('Only a review of the registry');
  });
});
