// One version of a table in the matrix: what is decided, how many columns, and who is on it.
import type { RegistryTable } from '@/server/contract/registry-reads';
import { formatCount, formatCounted, shorten } from '@/components/ui/format';
import { Link } from '@/components/ui/link';
import { StatusChip } from '@/components/ui/status-chip';
import classes from './version-cell.module.css';
import { columnCountText, ENTRY_STATUS } from './words';

type Version = RegistryTable['versions'][number];

/** `behind` marks an older version that devices are still on. */
export function VersionCell({ version, behind }: { version: Version; behind: boolean }) {
  const { status, schema_hash: hash, device_count: devices, waiting_lineages: waiting } = version;
  const staged =
    version.staged_row_count === 0 ? '' : `, ${formatCounted(version.staged_row_count, 'staged row')}`;
  return (
    <Link
      href={`/registry/${version.id}`}

      className={classes.cell}
      data-behind={(behind && devices > 0) || undefined}
      title={`${ENTRY_STATUS[status].label}${version.verified ? '' : ', hash not verified'}${staged}\n${hash}`}
    >
      <span className={classes.head}>
        <StatusChip tone={ENTRY_STATUS[status].tone} plain>
          <span className="tg-mono">{shorten(hash, 6)}</span>
        </StatusChip>
        <span className={classes.columns}>{columnCountText(version.column_count)}</span>
      </span>
      <span className={`${classes.count} tg-num`}>
        {devices === 0 ? (
          <span className={classes.none}>no device</span>
        ) : (
          `${formatCounted(devices, 'device')}${behind ? ' behind' : ''}`
        )}
        {waiting === 0 ? null : (
          <span className={classes.waiting}>
            {' '}
            · {formatCount(waiting)} {status === 'rejected' ? 'held' : 'waiting'}
          </span>
        )}
      </span>
    </Link>
  );
}
