// Pause causes as chips, one each: they are independent, and each has another way out.
import { StatusChip } from '@/components/ui/status-chip';
import classes from './pause-chips.module.css';
import { CAUSE, deviceWords, type PauseCause } from './words';

/** The chips of `causes`, or that the lineage is active. */
export function PauseChips({ causes }: { causes: readonly PauseCause[] }) {
  if (causes.length === 0) return <StatusChip tone="ok">Active</StatusChip>;
  return (
    <span className={classes.chips}>
      {causes.map((cause) => (
        <StatusChip
          key={cause.cause}
          tone={CAUSE[cause.cause].tone}
          icon="pause"
          title={`${cause.detail}\n${deviceWords(cause)}\n${CAUSE[cause.cause].clears}`}
        >
          {CAUSE[cause.cause].label}
        </StatusChip>
      ))}
    </span>
  );
}
