// Reads for a page on the server, under the key that the browser will refetch them with.
import 'server-only';
import { dehydrate, QueryClient, type DehydratedState, type QueryKey } from '@tanstack/react-query';
import { notFound } from 'next/navigation';
import { Refusal } from '@/server/engine/errors/errors';

export interface Read {
  key: QueryKey;
  read: () => Promise<unknown>;
}

/** Runs `reads` at once. What is not there gives the page "not found"; any other refusal is thrown. */
export async function prefetched(reads: readonly Read[]): Promise<DehydratedState> {
  const client = new QueryClient();
  try {
    await Promise.all(reads.map(async ({ key, read }) => client.setQueryData(key, await read())));
  } catch (error) {
    if (error instanceof Refusal && error.status === 404) notFound();
    throw error;
  }
  return dehydrate(client);
}
