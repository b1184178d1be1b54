// What the registry's codes mean, in an operator's words. Pure.
import type { Consolidation, RegistryEntry } from '@/server/contract/registry';
import type { RegistryDevice } from '@/server/contract/registry-reads';
import type { Tone } from '@/components/ui/status-chip';

export const ENTRY_STATUS: Record<RegistryEntry['status'], { label: string; tone: Tone }> = {
  pending: { label: 'Undecided', tone: 'wait' },
  approved: { label: 'Approved', tone: 'ok' },
  rejected: { label: 'Rejected', tone: 'bad' },
};

export const JOB_STATUS: Record<Consolidation['status'], { label: string; tone: Tone }> = {
  pending: { label: 'Waits for a worker', tone: 'wait' },
  running: { label: 'Running', tone: 'info' },
  stopped: { label: 'Stopped', tone: 'wait' },
  completed: { label: 'Completed', tone: 'ok' },
};

export const JOB_DEVICE: Record<'pending' | 'copying' | 'moved' | 'skipped', { label: string; tone: Tone }> =
  {
    pending: { label: 'To do', tone: 'idle' },
    copying: { label: 'Copying', tone: 'info' },
    moved: { label: 'Moved', tone: 'ok' },
    skipped: { label: 'Left alone', tone: 'wait' },
  };

export const DEVICE_STATUS: Record<RegistryDevice['status'], { label: string; tone: Tone }> = {
  pending: { label: 'Waits', tone: 'wait' },
  approved: { label: 'Bound', tone: 'ok' },
  deferred: { label: 'Deferred', tone: 'wait' },
  rejected: { label: 'Held', tone: 'bad' },
};

/** `Project` or `Fleet Pumps`. */
export const scopeText = ({
  scope,
  scope_name,
}: {
  scope: 'project' | 'fleet';
  scope_name: string;
}): string => (scope === 'project' ? 'Project' : `Fleet ${scope_name}`);

/** `12 columns`, or that they are not known. */
export const columnCountText = (count: number | null): string =>
  count === null ? 'columns unknown' : count === 1 ? '1 column' : `${count} columns`;
