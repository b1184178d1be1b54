'use client';
// The questions before what changes a lineage. Each names what will happen, in numbers; what throws rows away
// asks for the number to be typed, and the server refuses it where the number has changed since.
import { Button, Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Lineage } from '@/server/contract/governance';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { formatBytes, formatCount, formatCounted } from '@/components/ui/format';
import { ReasonDialog } from '@/components/ui/reason-dialog';
import classes from './lineage-dialogs.module.css';
import type { LineageModel } from './use-lineage';

const named = ({ detail: { lineage } }: LineageModel) => (
  <>
    <strong className="tg-mono">{lineage.source_table}</strong> of <strong>{lineage.device_name}</strong>
  </>
);

function ResetDialog({ model }: { model: LineageModel }) {
  const { lineage } = model.detail;
  const others = lineage.pause_causes.filter(({ cause }) => cause !== 'circuit_breaker');
  return (
    <ConfirmDialog
      opened={model.asking === 'reset'}
      title="Reset materialization?"
      confirmLabel="Reset and replay"
      busy={model.busy !== null}
      onConfirm={model.reset}
      onClose={model.close}
    >
      <div className={classes.text}>
        <p>
          The failure count and the error of {named(model)} are cleared, the breaker closes, and the failed
          rows are tried again. A row whose cause is not gone fails again and stays staged.
        </p>
        {lineage.materialization_last_error === null ? null : (
          <p className={classes.error}>{lineage.materialization_last_error}</p>
        )}
        {others.length === 0 ? null : (
          <p>The lineage stays paused: {others.map(({ detail }) => detail).join('; ')}</p>
        )}
      </div>
    </ConfirmDialog>
  );
}

function PauseDialog({ model }: { model: LineageModel }) {
  return (
    <ReasonDialog
      opened
      title="Pause this lineage?"
      confirmLabel="Pause and tell the device"
      label="Reason, for whoever is on call next"
      busy={model.busy !== null}
      onConfirm={model.pause}
      onClose={model.close}
    >
      <div className={classes.text}>
        <p>
          The device is told to stop sending {named(model)}. What still arrives is staged, and nothing is
          written until an operator resumes it.
        </p>
      </div>
    </ReasonDialog>
  );
}

interface Confirmed {
  /** What is confirmed, and how much it was at that moment. */
  count: number;
  bytes: number;
  typed: string;
  type: (typed: string) => void;
  /** The count as it is now, where it is another by now. */
  newer: number | null;
  /** Takes the newer count over; it has to be typed anew. */
  take: () => void;
  isReady: boolean;
}

/**
 * The count that a dialog is about. It follows the lineage until something is typed; from then on it stays what it
 * was and the dialog says that it is old: nobody may confirm a number that they have not seen.
 */
function useConfirmedCount(lineage: Lineage): Confirmed {
  const { staged_row_count: live, staged_bytes: bytes } = lineage;
  const [{ seen, seenBytes }, setSeen] = useState({ seen: live, seenBytes: bytes });
  const [typed, type] = useState('');
  const take = () => {
    setSeen({ seen: live, seenBytes: bytes });
    type('');
  };
  if (seen !== live && (typed === '' || live === 0)) take();
  const isTyped = seen === 0 || typed.replaceAll(/[\s,]/g, '') === String(seen);
  return {
    count: seen,
    bytes: seenBytes,
    typed,
    type,
    newer: seen === live ? null : live,
    take,
    isReady: isTyped && seen === live,
  };
}

/** The number that has to be typed; `0` needs no typing. */
function TypedCount({ count, typed, type, newer, take }: Confirmed) {
  return (
    <>
      {newer === null ? null : (
        <p className={classes.error} role="alert">
          There are {formatCount(newer)} staged rows by now. Pause the lineage first where they keep coming.{' '}
          <Button variant="default" size="compact-sm" onClick={take}>
            Confirm {formatCount(newer)} instead
          </Button>
        </p>
      )}
      {count === 0 ? null : (
        <TextInput
          label={`Type ${count} to confirm`}
          value={typed}
          inputMode="numeric"
          autoComplete="off"
          data-autofocus
          onChange={(event) => type(event.currentTarget.value)}
        />
      )}
    </>
  );
}

function DiscardForm({ model }: { model: LineageModel }) {
  const { lineage } = model.detail;
  const confirmed = useConfirmedCount(lineage);
  const { count, bytes, isReady } = confirmed;
  return (
    <ConfirmDialog
      opened
      danger
      title={`Discard ${formatCounted(count, 'staged row')}?`}
      confirmLabel={`Discard ${formatCounted(count, 'row')}`}
      disabled={!isReady || count === 0}
      busy={model.busy !== null}
      onConfirm={() => model.discard(count)}
      onClose={model.close}
    >
      <div className={classes.text}>
        <p>
          {formatCounted(count, 'row')} ({formatBytes(bytes)}) of {named(model)} will be deleted from staging
          and never reach the mirror. This cannot be undone; the device does not send them again by itself. It
          is recorded in the events.
        </p>
        <TypedCount {...confirmed} />
      </div>
    </ConfirmDialog>
  );
}

function DeleteForm({ model }: { model: LineageModel }) {
  const confirmed = useConfirmedCount(model.detail.lineage);
  const { count, isReady } = confirmed;
  const [dropMirror, setDropMirror] = useState(false);
  const { mirror } = model.detail;
  return (
    <ConfirmDialog
      opened
      danger
      title="Delete this lineage?"
      confirmLabel={dropMirror ? 'Delete lineage and mirror table' : 'Delete lineage'}
      disabled={!isReady}
      busy={model.busy !== null}
      onConfirm={() => model.remove(count, dropMirror)}
      onClose={model.close}
    >
      <div className={classes.text}>
        <p>
          The cloud state of {named(model)} is deleted: schema versions, reviews, bindings, pending controls
          and <strong>{formatCounted(count, 'staged row')}</strong>. The device is untouched; its next batch
          starts a new lineage with a new review.
        </p>
        {mirror === null ? (
          <p>There is no mirror table.</p>
        ) : mirror.source === 'coalesced' ? (
          <p>
            The mirror table <span className="tg-mono">{mirror.mirror_table_name}</span> is shared by other
            devices and stays.
          </p>
        ) : (
          <Checkbox
            checked={dropMirror}
            onChange={(event) => setDropMirror(event.currentTarget.checked)}
            label={
              <>
                Also drop the mirror table <span className="tg-mono">{mirror.mirror_table_name}</span> and its
                about {formatCounted(Math.max(0, mirror.row_count_estimate), 'row')}. Otherwise it stays.
              </>
            }
          />
        )}
        <TypedCount {...confirmed} />
      </div>
    </ConfirmDialog>
  );
}

/** The dialog that is asked for, if any. Forms are mounted when asked for, so that each begins empty. */
export function LineageDialogs({ model }: { model: LineageModel }) {
  return (
    <>
      <ResetDialog model={model} />
      {model.asking === 'pause' ? <PauseDialog model={model} /> : null}
      {model.asking === 'discard' ? <DiscardForm model={model} /> : null}
      {model.asking === 'delete' ? <DeleteForm model={model} /> : null}
    </>
  );
}
