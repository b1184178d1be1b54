import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { ApiRefusal, FAULT_CODE } from './api';
import { faultOf } from './faults';

const fault = () => Promise.reject(new ApiRefusal(500, FAULT_CODE, 'The log has it under 1.'));
const refusal = () => Promise.reject(new ApiRefusal(404, 'review_not_found', 'There is none.'));
const away = () => Promise.reject(new ApiRefusal(503, 'database_unavailable', 'Try again in a moment.'));
const signedOut = () => Promise.reject(new ApiRefusal(401, 'not_signed_in', 'Sign in.'));

/** A client with one query on the page that has read 1, or nothing yet, and then asks again with `again`. */
async function page(again: () => Promise<unknown>, isKnown = true) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const queryKey = ['p', 'edge/lineages', {}];
  if (isKnown) client.setQueryData(queryKey, 1, { updatedAt: 5000 });
  const leave = new QueryObserver(client, { queryKey, queryFn: again, staleTime: Infinity }).subscribe(
    () => undefined,
  );
  await client.refetchQueries({ queryKey });
  return { leave, fault: () => faultOf(client.getQueryCache().getAll()) };
}

it.each([[fault, 'The log has it under 1.'] as const, [refusal, 'There is none.'] as const])(
  'says since when what is shown is old, while it is on the page',
  async (again, detail) => {
    const { leave, fault: seen } = await page(again);
    expect(seen()).toEqual({ since: 5000, detail });
    leave();
    expect(seen()).toBeNull();
  },
);

it('leaves an answer, a loss, and that one is signed out, to who tells of them', async () => {
  expect((await page(away)).fault()).toBeNull();
  expect((await page(() => Promise.resolve(2))).fault()).toBeNull();
  expect((await page(signedOut)).fault()).toBeNull();
});

it('leaves a refusal to the part that asked where that has nothing else to show', async () => {
  expect((await page(refusal, false)).fault()).toBeNull();
  expect((await page(fault, false)).fault()).toMatchObject({ since: 0 });
});
