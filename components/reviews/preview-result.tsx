'use client';
// What a simulated approval came to: rows that land, rows that do not and why, and the exact DDL.
import { IconAlertTriangle } from '@tabler/icons-react';
import { failureTitle } from '@/server/contract/failure-kinds';
import type { ReviewPreview } from '@/server/contract/governance';
import { CodeBlock } from '@/components/ui/code-block';
import { formatCount, formatCounted } from '@/components/ui/format';
import { StatusChip } from '@/components/ui/status-chip';
import classes from './preview-result.module.css';

type Preview = Omit<ReviewPreview, 'bindings'>;

/** One sentence on what becomes of the staged rows. */
function Landing({ preview }: { preview: Preview }) {
  const { staged_rows: staged, tried_rows: tried, landing_rows: landing } = preview;
  if (staged === 0) return <StatusChip tone="idle">No row is staged for this schema</StatusChip>;
  const failing = tried - landing;
  return (
    <div className={classes.landing}>
      <StatusChip tone="ok">{formatCounted(landing, 'row')} would land</StatusChip>
      {failing === 0 ? null : (
        <StatusChip tone="bad">{formatCounted(failing, 'row')} would fail and stay staged</StatusChip>
      )}
      <span className={classes.muted}>
        {tried < staged
          ? `${formatCount(tried)} of ${formatCounted(staged, 'staged row')} tried`
          : `all ${formatCounted(staged, 'staged row')} tried`}
        , in a transaction that was rolled back
      </span>
    </div>
  );
}

function Failures({ failures }: { failures: ReviewPreview['failures'] }) {
  if (failures.length === 0) return null;
  return (
    <table className={classes.failures} aria-label="Rows that would fail">
      <thead>
        <tr>
          <th scope="col">Rows</th>
          <th scope="col">Why</th>
          <th scope="col">Example</th>
        </tr>
      </thead>
      <tbody>
        {failures.map((failure) => (
          <tr key={JSON.stringify([failure.column, failure.kind])}>
            <td className="tg-num">{formatCount(failure.rows)}</td>
            <td>{failureTitle(failure)}</td>
            <td>
              {failure.example === null ? (
                <span className={classes.muted}>not shown: it quotes a row</span>
              ) : (
                <>
                  <p>{failure.example.error}</p>
                  <p className="tg-mono">{failure.example.row}</p>
                </>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The whole result. */
export function PreviewResult({ preview }: { preview: Preview }) {
  return (
    <div className={classes.result}>
      <Landing preview={preview} />
      {preview.warnings.map((warning) => (
        <p key={warning} className={classes.warning}>
          <IconAlertTriangle size={14} aria-hidden />
          {warning}
        </p>
      ))}
      <Failures failures={preview.failures} />
      {preview.ddl.length === 0 ? (
        <p className={classes.muted}>The mirror table stays as it is: no DDL runs.</p>
      ) : (
        <CodeBlock
          label="DDL"
          text={preview.ddl.map((statement) => `${statement.replace(/;\s*$/, '')};`).join('\n\n')}
        />
      )}
    </div>
  );
}
