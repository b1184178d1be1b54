'use client';
// Paging of a list: what is shown of how much. An estimate is marked as one.
import { ActionIcon } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { formatCount } from './format';
import { useKeys } from './keys';
import classes from './pager.module.css';

/** The `meta` block of a list, as the API gives it. */
export interface PagerMeta {
  current_page: number;
  items_per_page: number;
  total_items: number;
  total_pages: number;
  total_items_estimated?: boolean | undefined;
}

/** `1–50 of 8,130`, and the two ways on; `n` and `p` do the same. */
export function Pager({ meta, onPage }: { meta: PagerMeta; onPage: (page: number) => void }) {
  const { current_page: page, items_per_page: limit, total_items: total, total_pages: pages } = meta;
  const estimated = meta.total_items_estimated === true;
  const more = page < pages || estimated;
  const go = (to: number) => {
    if (to >= 1 && (to <= pages || estimated)) onPage(to);
  };
  useKeys([
    { keys: ['n'], label: 'Next page', group: 'Lists', movement: true, run: () => go(page + 1) },
    { keys: ['p'], label: 'Previous page', group: 'Lists', movement: true, run: () => go(page - 1) },
  ]);
  if (total === 0) return null;
  const first = (page - 1) * limit + 1;
  const last = Math.min(page * limit, total);
  return (
    <nav className={classes.pager} aria-label="Pages">
      <span className="tg-num" title={estimated ? 'The total is an estimate' : undefined}>
        {formatCount(first)}–{formatCount(last)} of{' '}
        {estimated ? `about ${formatCount(total)}` : formatCount(total)}
      </span>
      <ActionIcon aria-label="Previous page" disabled={page <= 1} onClick={() => go(page - 1)}>
        <IconChevronLeft size={16} />
      </ActionIcon>
      <ActionIcon aria-label="Next page" disabled={!more} onClick={() => go(page + 1)}>
        <IconChevronRight size={16} />
      </ActionIcon>
    </nav>
  );
}
