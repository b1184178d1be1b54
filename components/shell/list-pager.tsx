'use client';
// The pager of a list that the API gives: where its total is an estimate, all that the filters find is counted once
// somebody asks. The count is the filters': under others it is forgotten.
import { useState } from 'react';
import { Pager, type PagerMeta } from '@/components/ui/pager';
import { COUNT_MS_MAX, getPage, projectPath, type Params } from './api';
import { useSession } from './session';
import { toastRefused } from './toast';

interface Props {
  /** Below the project, with the parameters that the page was read with. */
  path: string;
  params: Params;
  meta: PagerMeta;
  onPage: (page: number) => void;
}

/** `Pager`, with a count of all on demand. */
export function ListPager({ path, params, meta, onPage }: Props) {
  const { project } = useSession();
  const [found, setFound] = useState<{ of: string; total: number; at: string } | null>(null);
  const [asked, setAsked] = useState<string | null>(null);
  // The least of the list: only its meta block is wanted.
  const of = projectPath(project.id, path, { ...params, page: 1, limit: 1, total: 'exact' });
  if (found !== null && found.of !== of) setFound(null);
  const count = async () => {
    if (asked === of) return;
    setAsked(of);
    const at = new Date().toISOString();
    await getPage(of, new AbortController().signal, {}, COUNT_MS_MAX)
      .then((page) => setFound({ of, total: page.meta.total_items, at }))
      .catch((error: unknown) =>
        toastRefused({ code: 'no_answer', detail: error instanceof Error ? error.message : 'Not counted.' }),
      );
    setAsked((now) => (now === of ? null : now));
  };
  return (
    <Pager
      meta={meta}
      onPage={onPage}
      exact={{
        counted: found?.of === of ? found : null,
        isCounting: asked === of,
        count: () => void count(),
      }}
    />
  );
}
