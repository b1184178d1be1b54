'use client';
// Goes to a staged row by its commit seq or its key. A key is looked up first: where it has no staged row, that is said,
// and the grid stays where it is.
import { useMemo, type ComponentProps } from 'react';
import type { LineageDetail } from '@/server/contract/governance';
import type { KeyHistory } from '@/server/contract/rows';
import { getObject, projectPath } from '@/components/shell/api';
import { useSession } from '@/components/shell/session';
import type { GoToKey } from './go-to-key';
import { keyHistoryPath } from './queries';
import type { RowsSearch, SetRowsSearch } from './rows-search';
import { keyColumnsOf, keysTyped, whyNoPlace } from './staged-key';

const LOOKED_UP_MS_MAX = 20_000;

/** What the form takes and does. */
export function useToStaged(
  detail: LineageDetail,
  { sort }: Pick<RowsSearch, 'sort'>,
  set: SetRowsSearch,
  goTo: (place: string) => void,
): ComponentProps<typeof GoToKey> {
  const { project } = useSession();
  return useMemo(() => {
    const key = keyColumnsOf(detail);
    const stagedOf = async (pk: string) => {
      const path = projectPath(project.id, keyHistoryPath(detail.lineage.id), { pk });
      return (await getObject<KeyHistory>(path, AbortSignal.timeout(LOOKED_UP_MS_MAX))).staged;
    };
    const toKey = async (typed: readonly (string | null)[]) => {
      try {
        for (const pk of keysTyped(key, typed)) {
          const staged = await stagedOf(pk);
          const row = sort === '-commit_seq' ? staged.at(-1) : staged[0];
          if (row === undefined) continue;
          goTo(row.id);
          set({ row: row.id });
          return undefined;
        }
      } catch (error) {
        return error instanceof Error ? error.message : 'The key could not be looked up.';
      }
      return 'No row of this key is staged.';
    };
    return {
      fields: [
        ...key.map(({ name }) => ({ name, isNullable: true })),
        { name: key.length === 0 ? 'Commit seq' : 'Or commit seq', isNullable: false },
      ],
      onGo: (typed) => {
        const seq = typed[key.length];
        if (typeof seq === 'string' && seq !== '') {
          const why = whyNoPlace(seq);
          if (why === undefined) goTo(seq.trim());
          return why;
        }
        return typed.length < key.length || typed.includes('')
          ? 'A staged row is found by its whole key: fill in every column of it.'
          : toKey(typed);
      },
    };
  }, [detail, project.id, sort, set, goTo]);
}
