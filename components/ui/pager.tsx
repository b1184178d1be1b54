'use client';
// Paging of a list: what is shown of how much. An estimate is marked as one, and counted when somebody asks.
import { ActionIcon } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { formatCount } from './format';
import { useKeys } from './keys';
import classes from './pager.module.css';
import { TimeAgo } from './time';

/** The `meta` block of a list, as the API gives it. */
export interface PagerMeta {
  current_page: number;
  items_per_page: number;
  total_items: number;
  total_items_estimated?: boolean | undefined;
  /** Null where the list ends with this page. */
  next_cursor?: string | null;
}

/** The count of a list whose total is an estimate. */
export interface ExactCount {
  /** What was counted, and when; null while nobody has asked. */
  counted: { total: number; at: string } | null;
  isCounting: boolean;
  count: () => void;
}

interface Props {
  meta: PagerMeta;
  onPage: (page: number) => void;
  /** Absent where the total is never an estimate. */
  exact?: ExactCount;
}

/** An estimate until somebody asks; what was counted says when, for the list goes on growing. */
function Total({ range, total, exact }: { range: string; total: number; exact: ExactCount | undefined }) {
  const { counted = null, isCounting = false, count } = exact ?? {};
  return (
    <span className="tg-num" title={counted === null ? 'The total is an estimate' : undefined}>
      <span role="status">{`${range} of ${counted === null ? 'about ' : ''}${formatCount(total)}`}</span>
      {counted === null ? (
        ' '
      ) : (
        <>
          , counted <TimeAgo at={counted.at} />{' '}
        </>
      )}
      {count === undefined ? null : (
        <button type="button" className={classes.count} aria-disabled={isCounting} onClick={count}>
          {isCounting ? 'counting …' : counted === null ? 'count exactly' : 'count again'}
        </button>
      )}
    </span>
  );
}

/** `1–50 of 8,130`, and the two ways on; `n` and `p` do the same. */
export function Pager({ meta, onPage, exact }: Props) {
  const { current_page: page, items_per_page: limit } = meta;
  const estimated = meta.total_items_estimated === true;
  const total = (estimated ? exact?.counted?.total : undefined) ?? meta.total_items;
  const pages = Math.ceil(total / limit);
  const more = page < pages || (estimated && meta.next_cursor !== null);
  const go = (to: number) => {
    if (to >= 1 && (to <= page || more)) onPage(to);
  };
  useKeys([
    { keys: ['n'], label: 'Next page', group: 'Lists', movement: true, run: () => go(page + 1) },
    { keys: ['p'], label: 'Previous page', group: 'Lists', movement: true, run: () => go(page - 1) },
    ...(estimated && exact !== undefined
      ? [{ keys: [], label: 'Count the list exactly', group: 'Lists', run: exact.count }]
      : []),
  ]);
  if (total === 0) return null;
  const first = (page - 1) * limit + 1;
  const last = Math.min(page * limit, total);
  const range = `${formatCount(first)}–${formatCount(last)}`;
  return (
    <nav className={classes.pager} aria-label="Pages">
      {estimated ? (
        <Total range={range} total={total} exact={exact} />
      ) : (
        <span className="tg-num">{`${range} of ${formatCount(total)}`}</span>
      )}
      <ActionIcon aria-label="Previous page" disabled={page <= 1} onClick={() => go(page - 1)}>
        <IconChevronLeft size={16} />
      </ActionIcon>
      <ActionIcon aria-label="Next page" disabled={!more} onClick={() => go(page + 1)}>
        <IconChevronRight size={16} />
      </ActionIcon>
    </nav>
  );
}
