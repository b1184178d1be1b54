// Whether a device is connected, and if not, since when it is away. Silent is who was heard before and not for 15
// minutes: the same as in the overview and in webhooks.
import { SILENT_AFTER_MS } from '@/server/contract/device-states';
import type { Device } from '@/server/contract/fleet';
import { useNow } from '@/components/ui/now';
import { StatusChip } from '@/components/ui/status-chip';
import { TimeAgo } from '@/components/ui/time';

function Away({ at, plain }: { at: string; plain: boolean }) {
  const now = useNow();
  const isSilent = now - Date.parse(at) >= SILENT_AFTER_MS;
  return (
    <StatusChip
      tone={isSilent ? 'wait' : 'idle'}
      plain={plain}
      title={isSilent ? 'Not connected, and not heard for 15 minutes or more.' : 'Not connected.'}
    >
      {isSilent ? 'Silent, seen ' : 'Away, seen '}
      <TimeAgo at={at} />
    </StatusChip>
  );
}

/** Connected, last seen, or never seen. */
export function Presence({ device, plain = false }: { device: Device; plain?: boolean }) {
  if (device.connected) {
    return (
      <StatusChip tone="ok" plain={plain}>
        Connected
      </StatusChip>
    );
  }
  if (device.last_seen_at === null) {
    return (
      <StatusChip tone="idle" plain={plain} title="It has never connected with its credentials.">
        Never seen
      </StatusChip>
    );
  }
  return <Away plain={plain} at={device.last_seen_at} />;
}
