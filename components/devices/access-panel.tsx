'use client';
// What the broker let a device do and what it turned away, the newest first: where a device that "sends nothing" is
// told apart from one that may not.
import type { MqttAccessEvent } from '@/server/contract/access';
import { useLivePage } from '@/components/shell/live';
import { useSession } from '@/components/shell/session';
import { Panel } from '@/components/ui/panel';
import { StatusChip, type Tone } from '@/components/ui/status-chip';
import { TimeAgo } from '@/components/ui/time';
import classes from './devices.module.css';
import { ACCESS_PATH, deviceParamsOf } from './queries';

const WORDS: Record<MqttAccessEvent['kind'], { label: string; tone: Tone }> = {
  connected: { label: 'connected', tone: 'ok' },
  disconnected: { label: 'disconnected', tone: 'idle' },
  auth_failed: { label: 'sign-in refused', tone: 'bad' },
  publish_denied: { label: 'publish denied', tone: 'bad' },
  subscribe_denied: { label: 'subscribe denied', tone: 'bad' },
};

/** The last access events of a device. */
export function AccessPanel({ deviceId }: { deviceId: string }) {
  const { project } = useSession();
  const { data } = useLivePage<MqttAccessEvent>(project.id, ACCESS_PATH, deviceParamsOf.access(deviceId));
  const items = data?.items ?? [];
  return (
    <Panel title="Broker access">
      {items.length === 0 ? (
        <p className={classes.muted}>
          {data === undefined
            ? 'Being read.'
            : 'The broker has not seen the device yet, or not within 14 days.'}
        </p>
      ) : (
        <ul className={classes.list}>
          {items.map((event) => (
            <li key={event.id}>
              <div className={classes.line}>
                <StatusChip tone={WORDS[event.kind].tone} plain>
                  {WORDS[event.kind].label}
                </StatusChip>
                <span className={classes.muted}>
                  <TimeAgo at={event.at} />
                </span>
              </div>
              {event.topic === null && event.reason === null ? null : (
                <p className={classes.muted}>
                  {[event.topic, event.reason].filter((part) => part !== null).join(': ')}
                </p>
              )}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
