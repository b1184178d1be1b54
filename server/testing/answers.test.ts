import { expect, it } from 'vitest';
import { answerFaults } from './answers';

const fleet = {
  id: '5f4dcc3b-5aa7-4d61-9d83-27deb882cf99',
  project_id: '5f4dcc3b-5aa7-4d61-9d83-27deb882cf98',
  name: 'Pumps',
  device_count: 1,
  connected_count: 1,
  silent_count: 0,
  created_at: '2026-01-01T00:00:00.000Z',
};
const faultsOf = (data: object): string[] =>
  answerFaults('POST', '/projects/{project_id}/fleets', 201, { ok: 1, data, meta: null });

it('takes an answer as described, and finds a field that is missing, wrong or not described', () => {
  expect(faultsOf(fleet)).toEqual([]);
  expect(faultsOf({ ...fleet, device_count: '1' })).toHaveLength(1);
  expect(faultsOf({ ...fleet, colour: 'red' })).toHaveLength(1);
  expect(faultsOf({ ...fleet, created_at: 'yesterday' })).toHaveLength(1);
  const { name: _, ...rest } = fleet;
  expect(faultsOf(rest)).toHaveLength(1);
});

it('finds a status and an operation that are not described', () => {
  expect(answerFaults('POST', '/projects/{project_id}/fleets', 200, {})).toHaveLength(1);
  expect(answerFaults('GET', '/nope', 200, {})).toHaveLength(1);
  expect(answerFaults('GET', '/projects', 401, { ok: 0, message: 'x' })).toHaveLength(1);
});
