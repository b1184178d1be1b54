// Over rows that are still shown though the last reading failed: they are as they were, and nothing reads them anew by
// itself, since what takes too long would be asked for again and again.
import { PanelError } from '@/components/ui/panel-error';
import classes from './rows-page.module.css';

interface Props {
  /** The subject of the sentence: "The written rows". */
  what: string;
  query: { error: Error | null; isFetching: boolean; refetch: () => Promise<unknown> };
}

/** Why `query` has no newer rows, and another try. */
export function RowsUnread({ what, query: { error, isFetching, refetch } }: Props) {
  if (error === null) return null;
  return (
    <div className={classes.unread}>
      <PanelError what={what} error={error} busy={isFetching} onRetry={() => void refetch()} />
    </div>
  );
}
