'use server';
import { z } from 'zod';
import { uuid } from '@/server/contract/common';
import type { changeSavedViewInput, createSavedViewInput } from '@/server/contract/saved-views';
import { changeSavedView, createSavedView, deleteSavedView } from '@/server/engine/views/saved-views';
import { outcomeOf } from './outcome';

const id = z.strictObject({ savedViewId: uuid });

/** Keeps filters under a name. */
export async function createViewAction(projectId: string, input: z.input<typeof createSavedViewInput>) {
  return outcomeOf(projectId, ({ ctx }) => createSavedView({ ctx, projectId, input }));
}

/** Renames a view, or keeps other filters under its name. */
export async function changeViewAction(
  projectId: string,
  savedViewId: string,
  input: z.input<typeof changeSavedViewInput>,
) {
  return outcomeOf(projectId, ({ ctx }) =>
    changeSavedView({ ctx, projectId, ...id.parse({ savedViewId }), input }),
  );
}

/** Forgets a view. */
export async function deleteViewAction(projectId: string, savedViewId: string) {
  return outcomeOf(projectId, ({ ctx }) => deleteSavedView({ ctx, projectId, ...id.parse({ savedViewId }) }));
}
