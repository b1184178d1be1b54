// Filters that a person keeps under a name.
import { z } from 'zod';
import { pageQuery, time, uuid } from './common';

const page = z.enum(['reviews', 'lineages']);
const name = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .refine((text) => !text.includes('\0') && text.isWellFormed(), 'text that cannot be stored');
/** A query string without the question mark. */
const search = z
  .string()
  .max(2000)
  .regex(/^[\x21-\x7e]*$/, 'printable ASCII, as a URL has it');

export const savedView = z.object({ id: uuid, page, name, search, created_at: time, updated_at: time });
export type SavedView = z.infer<typeof savedView>;

export const createSavedViewInput = z.strictObject({ page, name, search });
export const changeSavedViewInput = z.strictObject({ name: name.optional(), search: search.optional() });
export const listSavedViewsInput = pageQuery.extend({ page_of: page.optional() });
