// Reads for a page on the server, under the key that the browser will refetch them with.
import 'server-only';
import { dehydrate, QueryClient, type DehydratedState, type QueryKey } from '@tanstack/react-query';
import { notFound } from 'next/navigation';
import { Refusal } from '@/server/engine/errors/errors';
import { orPageFault } from './page-fault';

export interface Read {
  key: QueryKey;
  read: () => Promise<unknown>;
  /** True where a refusal is left to the browser, which reads it again and shows the sentence in its place. */
  optional?: boolean;
}

async function readInto(client: QueryClient, { key, read, optional }: Read): Promise<void> {
  try {
    client.setQueryData(key, await read());
  } catch (error) {
    if (optional !== true || !(error instanceof Refusal)) throw error;
  }
}

/**
 * Runs `reads` at once. What is not there gives the page "not found"; any other refusal is thrown, but for
 * that of an optional read.
 */
export async function prefetched(reads: readonly Read[]): Promise<DehydratedState> {
  const client = new QueryClient();
  await found(() => Promise.all(reads.map((read) => readInto(client, read))));
  return dehydrate(client);
}

/** What `read` answers; gives the page "not found" where the thing is not there. */
export async function found<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await orPageFault(read);
  } catch (error) {
    if (error instanceof Refusal && error.status === 404) notFound();
    throw error;
  }
}
