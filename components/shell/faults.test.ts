import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { ApiRefusal, FAULT_CODE } from './api';
import { faultOf } from './faults';

const fault = () => Promise.reject(new ApiRefusal(500, FAULT_CODE, 'The log has it under 1.'));
const refusal = () => Promise.reject(new ApiRefusal(404, 'review_not_found', 'There is none.'));

/** A client with one query on the page that has read 1 and then asks again with `again`. */
async function page(again: () => Promise<unknown>) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const queryKey = ['p', 'edge/lineages', {}];
  client.setQueryData(queryKey, 1, { updatedAt: 5000 });
  const leave = new QueryObserver(client, { queryKey, queryFn: again, staleTime: Infinity }).subscribe(
    () => undefined,
  );
  await client.refetchQueries({ queryKey });
  return { leave, fault: () => faultOf(client.getQueryCache().getAll()) };
}

it('says since when what is shown is old, while it is on the page', async () => {
  const { leave, fault: seen } = await page(fault);
  expect(seen()).toEqual({ since: 5000, detail: 'The log has it under 1.' });
  leave();
  expect(seen()).toBeNull();
});

it.each([['an answer', () => Promise.resolve(2)] as const, ['a refusal', refusal] as const])(
  'leaves %s to the part that asked',
  async (_, again) => {
    const { fault: seen } = await page(again);
    expect(seen()).toBeNull();
  },
);
