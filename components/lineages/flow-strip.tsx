'use client';
// Device to mirror at a glance: where the rows are, and the first place where they stop, with what mends it.
import { Button } from '@mantine/core';
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

function StageBox({ stage, isFirst }: { stage: Stage; isFirst: boolean }) {
  return (
    <li className={classes.stage} data-tone={stage.tone} data-first={isFirst || undefined}>
      <div className={classes.name}>
        <StatusChip tone={stage.tone} plain {...(stage.trouble === null ? {} : { title: stage.trouble })}>
          {stage.name}
        </StatusChip>
      </div>
      <div className={classes.figure}>{stage.figure}</div>
      <div className={classes.unit} title={stage.unit}>
        {stage.unit}
      </div>
      <div className={classes.at}>{stage.at === null ? ' ' : <TimeAgo at={stage.at} />}</div>
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
          <StageBox key={stage.id} stage={stage} isFirst={stage.id === first?.id} />
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
