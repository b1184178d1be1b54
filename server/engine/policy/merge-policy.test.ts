import { expect, it } from 'vitest';
import { POLICY_DEFAULTS } from '@/server/contract/fleet';
import { mergePolicy } from './merge-policy';

it('takes the fleet before the project before the default, and says which', () => {
  const { fields, origins } = mergePolicy(
    { resume_threshold_percent: 70, rejected_batch_retention_days: 3 },
    { resume_threshold_percent: 60 },
  );
  expect(fields).toEqual({
    ...POLICY_DEFAULTS,
    resume_threshold_percent: 60,
    rejected_batch_retention_days: 3,
  });
  expect(origins).toMatchObject({
    resume_threshold_percent: 'fleet',
    rejected_batch_retention_days: 'project',
    allow_additive_continue: 'default',
  });
});

it('lets a fleet switch off what its project switched on', () => {
  expect(mergePolicy({ allow_additive_continue: true }, { allow_additive_continue: false })).toMatchObject({
    fields: { allow_additive_continue: false },
    origins: { allow_additive_continue: 'fleet' },
  });
});

it('skips a stored value that is not allowed', () => {
  expect(mergePolicy({ resume_threshold_percent: 400 }, {}).fields.resume_threshold_percent).toBe(80);
});
