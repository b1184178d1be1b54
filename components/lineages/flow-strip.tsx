'use client';
// Device to mirror at a glance: where the rows are, and the first place where they stop, with what mends it.
import { Button } from '@mantine/core';
import { mirrorPath, type MirrorPage } from '@/components/rows/queries';
import { COUNT_MS_MAX, getObjectPage, projectPath } from '@/components/shell/api';
import { useMissingPermission, useSession } from '@/components/shell/session';
import { useExactCount } from '@/components/shell/use-exact-count';
import { formatCount } from '@/components/ui/format';
import { Link } from '@/components/ui/link';
import { StatusChip } from '@/components/ui/status-chip';
import { TimeAgo } from '@/components/ui/time';
import { troublesOf, type Mend, type Stage } from './flow';
import classes from './flow-strip.module.css';
import type { LineageModel } from './use-lineage';

function MendButton({ mend, model }: { mend: Mend; model: LineageModel }) {
  if (mend === null) return null;
  if (mend.kind === 'link') {
    return (
      <Button component={Link} href={mend.href} variant="default">
        {mend.label}
      </Button>
    );
  }
  const refused = model.permits[mend.kind];
  return (
    <Button
      variant="default"
      disabled={refused !== undefined}
      title={refused}
      onClick={() => (mend.kind === 'reset' ? model.ask('reset') : model.resume())}
    >
      {mend.label}
    </Button>
  );
}

/** The rows of the lineage's own device, counted once somebody asks; until then what the strip says. */
function MirrorRows({ stage, model }: { stage: Stage; model: LineageModel }) {
  const { project } = useSession();
  const missing = useMissingPermission('PROJECT_CAN_READ_ROWS');
  const { lineage, mirror } = model.detail;
  const { rows, isCounting, count, label } = useExactCount(async () => {
    const path = projectPath(project.id, mirrorPath(lineage.id), { limit: 1, total: 'exact' });
    const signal = new AbortController().signal;
    return (await getObjectPage<MirrorPage>(path, signal, COUNT_MS_MAX)).meta.total_items;
  });
  const counted = mirror?.source === 'coalesced' ? 'rows of this device, counted' : 'rows, counted';
  return (
    <>
      <div role="status">
        <Amount {...(rows === null ? stage : { figure: formatCount(rows), unit: counted })} />
      </div>
      {mirror === null ? null : (
        <button
          type="button"
          className={classes.count}
          disabled={isCounting || missing !== undefined}
          title={missing}
          onClick={count}
        >
          {label}
        </button>
      )}
    </>
  );
}

function Amount({ figure, unit }: Pick<Stage, 'figure' | 'unit'>) {
  return (
    <>
      <div className={classes.figure}>{figure}</div>
      <div className={classes.unit} title={unit}>
        {unit}
      </div>
    </>
  );
}

function StageBox({ stage, isFirst, model }: { stage: Stage; isFirst: boolean; model: LineageModel }) {
  return (
    <li className={classes.stage} data-tone={stage.tone} data-first={isFirst || undefined}>
      <div className={classes.name}>
        <StatusChip tone={stage.tone} plain {...(stage.trouble === null ? {} : { title: stage.trouble })}>
          {stage.name}
        </StatusChip>
      </div>
      {stage.id === 'mirror' ? <MirrorRows stage={stage} model={model} /> : <Amount {...stage} />}
      <div className={classes.at}>
        {stage.at === null ? stage.never || '\u00a0' : <TimeAgo at={stage.at} />}
      </div>
    </li>
  );
}

function Trouble({ stage, model }: { stage: Stage; model: LineageModel }) {
  return (
    <li className={classes.verdict} data-tone={stage.tone}>
      <span>
        <strong>{stage.name}:</strong> {stage.trouble}
      </span>
      <MendButton mend={stage.mend} model={model} />
    </li>
  );
}

/** The strip, and below it every trouble in words, the one to mend first in front. */
export function FlowStrip({ stages, model }: { stages: readonly Stage[]; model: LineageModel }) {
  const troubles = troublesOf(stages);
  const [first] = troubles;
  return (
    <section className={classes.flow} aria-label="Way of a row">
      <ol className={classes.strip}>
        {stages.map((stage) => (
          <StageBox key={stage.id} stage={stage} isFirst={stage.id === first?.id} model={model} />
        ))}
      </ol>
      <ul className={classes.troubles} aria-label="What holds the rows up">
        {first === undefined ? (
          <li className={classes.verdict}>Rows flow from the device to the mirror.</li>
        ) : null}
        {troubles.map((stage) => (
          <Trouble key={stage.id} stage={stage} model={model} />
        ))}
      </ul>
    </section>
  );
}
