'use client';
// What the lineage is, and everything that can be done with it.
import { ActionIcon } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { ActionButton } from '@/components/ui/action-button';
import { ActionMenu } from '@/components/ui/action-menu';
import { formatCounted } from '@/components/ui/format';
import { Kbd } from '@/components/ui/kbd';
import { Link } from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { TimeAgo } from '@/components/ui/time';
import classes from './lineage-page.module.css';
import { PauseChips } from './pause-chips';
import { reviewLink } from './review-link';
import { rowsLink } from './rows-link';
import type { LineageModel } from './use-lineage';

/** Leads to the registry's review where that one decides this lineage's schema. */
function DecidedTogether({ detail }: { detail: LineageModel['detail'] }) {
  const id = detail.registry_review_id;
  if (id === null) return null;
  return (
    <span>
      {detail.open_review === null ? 'Decided with other devices: ' : 'Use the registry’s review: '}
      <Link href={`/reviews/registry/${id}`} className={classes.link}>
        registry review
      </Link>
    </span>
  );
}

function FactLine({ model }: { model: LineageModel }) {
  const { lineage } = model.detail;
  return (
    <>
      <PauseChips causes={lineage.pause_causes} />
      <span>
        Device{' '}
        <Link href={`/devices/${lineage.device_id}`} className={classes.link}>
          {lineage.device_name}
        </Link>
      </span>
      <Link href={rowsLink(lineage.id, 'staged')} className={classes.link}>
        <span className="tg-num">{formatCounted(lineage.staged_row_count, 'staged row')}</span>
      </Link>
      <DecidedTogether detail={model.detail} />
      <span>
        Last batch <TimeAgo at={lineage.last_batch_at} />
      </span>
    </>
  );
}

/** What is done rarely: shown with the reason where it cannot be done now. */
function More({ model }: { model: LineageModel }) {
  const { permits } = model;
  return (
    <ActionMenu
      position="bottom-end"
      width={290}
      target={
        <ActionIcon variant="default" aria-label="More actions">
          <IconDots size={16} aria-hidden />
        </ActionIcon>
      }
      entries={[
        permits.resume === undefined
          ? { kind: 'item', id: 'resume', label: 'Resume', onClick: model.resume }
          : {
              kind: 'item',
              id: 'pause',
              label: 'Pause…',
              disabledReason: permits.pause,
              onClick: () => model.ask('pause'),
            },
        {
          kind: 'item',
          id: 'discard',
          label: 'Discard staged rows…',
          disabledReason: permits.discard,
          danger: true,
          onClick: () => model.ask('discard'),
        },
        {
          kind: 'item',
          id: 'delete',
          label: 'Delete lineage…',
          disabledReason: permits.remove,
          danger: true,
          onClick: () => model.ask('delete'),
        },
      ]}
    />
  );
}

/** The head of the lineage page. */
export function LineageHeader({ model }: { model: LineageModel }) {
  const { lineage } = model.detail;
  const review = reviewLink(model.detail);
  return (
    <PageHeader
      title={<span className={classes.title}>{lineage.source_table}</span>}
      back={{ href: '/lineages', label: 'Lineages' }}
      facts={<FactLine model={model} />}
      actions={
        <>
          <ActionButton variant="default" hotkey="d" onClick={() => model.toRows('staged')}>
            Staged rows
          </ActionButton>
          <ActionButton
            variant="default"
            hotkey="w"
            disabledReason={model.permits.mirrorRows}
            onClick={() => model.toRows('mirror')}
          >
            Written rows
          </ActionButton>
          <ActionButton
            variant="default"
            hotkey="x"
            loading={model.busy === 'reset'}
            disabledReason={model.permits.reset}
            onClick={() => model.ask('reset')}
          >
            Reset…
          </ActionButton>
          {review === null ? null : (
            <ActionButton hotkey="v" rightSection={<Kbd>v</Kbd>} onClick={model.toReview}>
              {review.label}
            </ActionButton>
          )}
          <More model={model} />
        </>
      }
    />
  );
}
