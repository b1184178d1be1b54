'use client';
// Why a list of the registry is empty: the modes in force now, and what leads on from there.
import type { Policy } from '@/server/contract/fleet';
import { useLiveObject } from '@/components/shell/live';
import { useSession } from '@/components/shell/session';
import { EmptyState } from '@/components/ui/empty-state';
import { Link } from '@/components/ui/link';
import classes from './registry.module.css';

const MODE = {
  none: 'The mode of this project is none: each device has reviews and mirrors of its own, unless its fleet has set another.',
  project: 'Devices of this project share their schemas: the first batch of a new one opens a review here.',
  fleet: 'Devices of a fleet share their schemas: the first batch of a new one opens a review here.',
} as const;

/** `onAll` takes the filters away; without it there are none, and the mode is the reason. */
export function NothingShared({ title, onAll }: { title: string; onAll?: () => void }) {
  const { project } = useSession();
  const { data } = useLiveObject<Policy>(project.id, 'edge/policy');
  if (onAll !== undefined) {
    return (
      <EmptyState
        title={title}
        action={
          <button type="button" className={classes.textButton} onClick={onAll}>
            Show everything
          </button>
        }
      />
    );
  }
  return (
    <EmptyState
      title={title}
      action={
        <span className={classes.links}>
          <Link href="/policy" className={classes.link}>
            Look at the policy
          </Link>
          <Link href="/reviews" className={classes.link}>
            Reviews of single devices
          </Link>
        </span>
      }
    >
      {data === undefined ? 'The mode in force is being read.' : MODE[data.schema_coalescing_mode]}
    </EmptyState>
  );
}
