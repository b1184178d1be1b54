'use client';
// What people say about a review, for whoever takes it next: plain text that is never changed.
import { Textarea } from '@mantine/core';
import type { ReviewComment } from '@/server/contract/review-comments';
import { useLivePage } from '@/components/shell/live';
import { useMissingPermission, useSession } from '@/components/shell/session';
import { useActions } from '@/components/shell/use-actions';
import { ActionButton } from '@/components/ui/action-button';
import { formatCounted } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel';
import { PanelError } from '@/components/ui/panel-error';
import { TimeAgo } from '@/components/ui/time';
import { useKeptText } from '@/components/ui/use-kept-text';
import { registryReviewPath, reviewPath } from './queries';
import { doorOf } from './review-doors';
import classes from './review-history.module.css';

const SHOWN_MAX = 200;
const CHARS_MAX = 4000;

interface Props {
  reviewId: string;
  /** True for a review of the registry. */
  shared: boolean;
}

function Say({ reviewId, shared }: Props) {
  const { project } = useSession();
  const missing = useMissingPermission('PROJECT_CAN_MANAGE_DEVICES');
  const { busy, run } = useActions(project.id);
  const [text, setText] = useKeptText(`comment.${reviewId}`);
  const why = missing ?? (text.trim() === '' ? 'Write something first.' : undefined);
  const send = () => {
    if (why !== undefined || busy !== null) return;
    const act = () => doorOf(shared).comment({ projectId: project.id, reviewId }, { body: text });
    void run('comment', act, 'Said').then((said) => (said === null ? null : setText('')));
  };
  return (
    <div className={classes.say}>
      <Textarea
        aria-label="Comment"
        placeholder="What whoever takes this next should know"
        value={text}
        disabled={missing !== undefined}
        title={missing}
        autosize
        minRows={2}
        maxLength={CHARS_MAX}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send();
        }}
      />
      <ActionButton
        variant="default"
        loading={busy === 'comment'}
        disabledReason={why}
        onClick={send}
        hotkey="Ctrl Enter"
      >
        Comment
      </ActionButton>
    </div>
  );
}

/** The comments on a review, the oldest first, and a way to add one. */
export function ReviewDiscussion({ reviewId, shared }: Props) {
  const { project } = useSession();
  const path = shared ? registryReviewPath(reviewId) : reviewPath(reviewId);
  const { data, error, isFetching, refetch } = useLivePage<ReviewComment>(project.id, `${path}/comments`, {
    limit: SHOWN_MAX,
  });
  const comments = data?.items ?? [];
  const more = (data?.meta.total_items ?? 0) - comments.length;
  return (
    <Panel title="Discussion">
      {data === undefined && error !== null ? (
        <PanelError what="The discussion" error={error} busy={isFetching} onRetry={() => void refetch()} />
      ) : comments.length === 0 ? (
        <p className={classes.muted}>
          {data === undefined ? 'Not read yet.' : 'Nobody has said anything yet.'}
        </p>
      ) : (
        <ol className={classes.list} aria-label="Comments">
          {comments.map((comment) => (
            <li key={comment.id} className={classes.event}>
              <div>
                <strong>{comment.author_label}</strong>
                <span className={classes.muted}>
                  {' · '}
                  <TimeAgo at={comment.created_at} />
                </span>
              </div>
              <p className={classes.said}>{comment.body}</p>
            </li>
          ))}
        </ol>
      )}
      {more > 0 ? <p className={classes.muted}>And {formatCounted(more, 'later comment')}.</p> : null}
      <Say reviewId={reviewId} shared={shared} />
    </Panel>
  );
}
