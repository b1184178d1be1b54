'use client';
// What the review is about, and who holds it.
import { ActionButton } from '@/components/ui/action-button';
import { Copyable } from '@/components/ui/copyable';
import { formatCounted } from '@/components/ui/format';
import { Kbd } from '@/components/ui/kbd';
import { Link } from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { StatusChip } from '@/components/ui/status-chip';
import { TimeAgo } from '@/components/ui/time';
import classes from './review-header.module.css';
import { decidedElsewhere, isShared, reviewHref, rowsHref, type AnyReviewDetail } from './subject';
import type { ReviewModel } from './use-review';
import { CLASSIFICATION, isOpen, reasonSentence, STATUS } from './words';

function Claim({ detail }: { detail: AnyReviewDetail }) {
  if (detail.claimed_by === null || detail.claimed_at === null) return null;
  return (
    <span>
      {isOpen(detail.status) ? 'Claimed by ' : ' by '}
      <strong className={classes.strong}>{detail.claimed_by_name ?? 'a former user'}</strong>
      {isOpen(detail.status) ? (
        <>
          {' for '}
          <TimeAgo at={detail.claimed_at} bare />
        </>
      ) : null}
    </span>
  );
}

function Whose({ detail }: { detail: AnyReviewDetail }) {
  if (!isShared(detail)) {
    return (
      <span>
        Device{' '}
        <Link href={`/devices/${detail.device_id}`} className={classes.link}>
          {detail.device_name}
        </Link>
      </span>
    );
  }
  return (
    <>
      <Link href={`/registry/${detail.registry_id}`} className={classes.link}>
        Registry, {detail.scope === 'fleet' ? `for the fleet ${detail.scope_name}` : 'for the project'}
      </Link>
      <span className="tg-num">
        {formatCounted(detail.waiting_lineages, 'device')} {detail.status === 'rejected' ? 'held' : 'waiting'}
      </span>
    </>
  );
}

/** Leads to the review that decides in this one's place. */
function DecidedElsewhere({ detail }: { detail: AnyReviewDetail }) {
  const id = isOpen(detail.status) ? decidedElsewhere(detail) : null;
  if (id === null) return null;
  return (
    <p>
      <strong className={classes.strong}>Use the registry’s.</strong> This schema is decided for all its
      devices at once, and this device goes with it:{' '}
      <Link href={reviewHref({ id }, true)} className={classes.link}>
        open the registry review
      </Link>
      .
    </p>
  );
}

function Facts({ detail }: { detail: AnyReviewDetail }) {
  return (
    <>
      <StatusChip tone={STATUS[detail.status].tone}>{STATUS[detail.status].label}</StatusChip>
      <StatusChip tone={CLASSIFICATION[detail.classification].tone} icon="warn">
        {CLASSIFICATION[detail.classification].label}
      </StatusChip>
      <Whose detail={detail} />
      <span>
        Hash <Copyable value={detail.schema_hash} label="schema hash" chars={12} />
      </span>
      <Link href={rowsHref(detail)} className={classes.link}>
        <span className="tg-num">{formatCounted(detail.staged_row_count, 'staged row')}</span>
      </Link>
      <span>
        {detail.decided_at === null ? 'Waiting for ' : 'Decided '}
        <TimeAgo at={detail.decided_at ?? detail.created_at} bare={detail.decided_at === null} />
        {isOpen(detail.status) ? null : <Claim detail={detail} />}
      </span>
      {isOpen(detail.status) ? <Claim detail={detail} /> : null}
    </>
  );
}

const SENTENCES_MAX = 6;
const ENDED: Partial<Record<AnyReviewDetail['status'], string>> = {
  rejected: 'Rejected because',
  abandoned: 'Abandoned because',
};

/** The classification, why, and what else has to be known before deciding. */
export function Reasons({ detail }: { detail: AnyReviewDetail }) {
  const sentences = [...new Set(detail.reasons.map(reasonSentence))];
  const more = sentences.length - SENTENCES_MAX;
  return (
    <div className={classes.reasons}>
      <DecidedElsewhere detail={detail} />
      <p>
        <strong className={classes.strong}>{CLASSIFICATION[detail.classification].label}.</strong>{' '}
        {CLASSIFICATION[detail.classification].meaning}
      </p>
      <ul>
        {sentences.slice(0, SENTENCES_MAX).map((sentence) => (
          <li key={sentence}>{sentence}.</li>
        ))}
        {more > 0 ? <li>And {formatCounted(more, 'more change')}, in the lines below.</li> : null}
        {detail.columns_inferred ? (
          <li>The columns were read off the staged rows; the device has not named them.</li>
        ) : null}
        {detail.verified ? null : <li>The hash is not verified against the columns.</li>}
      </ul>
      {detail.reason === null ? null : (
        <p>
          <strong className={classes.strong}>{ENDED[detail.status] ?? 'Because'}:</strong> {detail.reason}
        </p>
      )}
    </div>
  );
}

function Actions({ model }: { model: ReviewModel }) {
  const { detail, permits, busy, next, previous } = model;
  const open = isOpen(detail.status);
  const mine = permits.release === undefined;
  return (
    <>
      {open && !mine ? (
        <ActionButton
          variant="default"
          hotkey="c"
          loading={busy === 'claim'}
          disabledReason={permits.claim}
          onClick={model.claim}
        >
          {permits.takesOver ? 'Take over…' : 'Claim'}
        </ActionButton>
      ) : null}
      {open && mine ? (
        <ActionButton
          variant="default"
          loading={busy === 'release'}
          disabledReason={permits.release}
          onClick={model.release}
        >
          Release
        </ActionButton>
      ) : null}
      {open && isShared(detail) ? (
        <ActionButton
          variant="default"
          loading={busy === 'abandon'}
          disabledReason={permits.abandon}
          onClick={model.askAbandon}
        >
          Abandon…
        </ActionButton>
      ) : null}
      {detail.status === 'approved' && !isShared(detail) ? (
        <ActionButton
          variant="default"
          hotkey="m"
          loading={busy === 'amend'}
          disabledReason={permits.amend}
          onClick={model.askAmend}
        >
          Amend…
        </ActionButton>
      ) : null}
      {open ? null : (
        <ActionButton
          variant="default"
          loading={busy === 'reopen'}
          disabledReason={permits.reopen}
          onClick={model.reopen}
        >
          Reopen
        </ActionButton>
      )}
      {previous === null ? null : (
        <Link href={previous} className={classes.next} aria-keyshortcuts="p">
          Previous
          <Kbd>p</Kbd>
        </Link>
      )}
      {next === null ? null : (
        <Link href={next} className={classes.next} aria-keyshortcuts="n">
          Next review
          <Kbd>n</Kbd>
        </Link>
      )}
    </>
  );
}

/** The head of the review page. */
export function ReviewHeader({ model }: { model: ReviewModel }) {
  const { detail } = model;
  return (
    <PageHeader
      title={<span className={classes.table}>{detail.source_table}</span>}
      back={{ href: '/reviews', label: 'Reviews' }}
      facts={<Facts detail={detail} />}
      actions={<Actions model={model} />}
    />
  );
}
