import { z } from 'zod';
import type { Page } from '@/server/contract/common';
import type { Outcome } from '../contract';

/** No query parameters. */
export const noQuery = z.strictObject({});

/** A list's envelope: items as data, paging as meta. */
export const paged = async <T>(page: Promise<Page<T>>): Promise<Outcome> => {
  const { items, meta } = await page;
  return { data: items, meta };
};

/** One object. */
export const single = async (data: Promise<unknown>): Promise<Outcome> => ({ data: await data });
