// A filter that a link has set and no control shows: it can be seen, and taken away.
import { IconX } from '@tabler/icons-react';
import classes from './narrowed-filter.module.css';

/** Shows `label: value` with a way to take it away; nothing where the value is empty. */
export function NarrowedFilter({
  label,
  value,
  onClear,
}: {
  label: string;
  value: string;
  onClear: () => void;
}) {
  if (value === '') return null;
  return (
    <button
      type="button"
      className={classes.narrowed}
      title={value}
      aria-label={`${label} ${value}: take this filter away`}
      onClick={onClear}
    >
      {label}: <span className={classes.value}>{value}</span>
      <IconX size={12} aria-hidden />
    </button>
  );
}
