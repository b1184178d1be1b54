'use client';
// MQTT credentials, shown this once. The dialog does not close by a click beside it or by Escape: the
// password would be gone, and only a new one would help.
import { Button, Checkbox, Group } from '@mantine/core';
import { useState } from 'react';
import type { MqttConnection } from '@/server/contract/fleet';
import { CodeBlock } from '@/components/ui/code-block';
import { Copyable } from '@/components/ui/copyable';
import { Dialog } from '@/components/ui/dialog';
import { Facts } from '@/components/ui/panel';
import classes from './devices.module.css';

/** The agent's configuration, whole but for the path of the application's own file. */
const configurationOf = (mqtt: MqttConnection): string =>
  [
    `device: ${JSON.stringify(mqtt.client_id)}`,
    `root_topic: ${JSON.stringify(mqtt.root_topic)}`,
    '# The SQLite file that the application writes, and one for the agent itself.',
    'source_db: /var/lib/app/app.db',
    'state_db: /var/lib/tidegate-agent/state.db',
    'mqtt:',
    `  url: ${JSON.stringify(mqtt.broker_url)}`,
    `  username: ${JSON.stringify(mqtt.username)}`,
    `  password: ${JSON.stringify(mqtt.password)}`,
  ].join('\n');

const COMMANDS = [
  'npx tidegate-agent doctor --config agent.yaml   # checks broker, topics, database, clock',
  'npx tidegate-agent --config agent.yaml',
].join('\n');

const fact = (name: string, value: string) => ({
  name,
  value: <Copyable value={value} label={name.toLowerCase()} chars={0} />,
});

/** Shows `mqtt` until the user says that it is kept. */
export function CredentialsDialog({
  mqtt,
  title,
  onClose,
}: {
  mqtt: MqttConnection;
  title: string;
  onClose: () => void;
}) {
  const [kept, setKept] = useState(false);
  return (
    <Dialog
      opened
      onClose={onClose}
      title={title}
      size="lg"
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
    >
      <div className={classes.stack}>
        <p className={classes.warning}>
          The password is shown only now. It is stored as a hash: nobody can read it again, only replace it.
        </p>
        <Facts
          items={[
            fact('Broker', mqtt.broker_url),
            fact('Client id', mqtt.client_id),
            fact('Username', mqtt.username),
            fact('Password', mqtt.password),
            fact('Root topic', mqtt.root_topic),
          ]}
        />
        <p>
          Save this as <span className="tg-mono">agent.yaml</span> on the device, set{' '}
          <span className="tg-mono">source_db</span>, and start the agent:
        </p>
        <CodeBlock text={configurationOf(mqtt)} label="agent configuration" />
        <CodeBlock text={COMMANDS} label="commands" />
        <Checkbox
          checked={kept}
          onChange={(event) => setKept(event.currentTarget.checked)}
          label="I have stored the password"
        />
        <Group justify="flex-end">
          <Button disabled={!kept} onClick={onClose}>
            Close
          </Button>
        </Group>
      </div>
    </Dialog>
  );
}
