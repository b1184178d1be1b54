// Whether a device is connected, and if not, since when it is silent.
import type { Device } from '@/server/contract/fleet';
import { StatusChip } from '@/components/ui/status-chip';
import { TimeAgo } from '@/components/ui/time';

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
  return (
    <StatusChip tone="wait" plain={plain}>
      Silent, seen <TimeAgo at={device.last_seen_at} />
    </StatusChip>
  );
}
