/** A device that is no agent of ours: an MQTT client that publishes whatever it is given. */
import mqtt from 'mqtt';
import type { MqttConnection } from '@/server/contract/fleet';

export interface RawDevice {
  /** Publishes below the device's `sync/` and waits for the broker's acknowledgement. */
  publish(topic: string, payload: string | Buffer): Promise<void>;
  end(): Promise<void>;
}

const open = new Set<RawDevice>();

/** Connects with the credentials that a registration gave. */
export async function connectAs(connection: MqttConnection): Promise<RawDevice> {
  const client = await mqtt.connectAsync(connection.broker_url, {
    protocolVersion: 4,
    clean: false,
    clientId: connection.client_id,
    username: connection.username,
    password: connection.password,
  });
  const device: RawDevice = {
    publish: async (topic, payload) => {
      await client.publishAsync(`${connection.root_topic}/sync/${topic}`, payload, { qos: 1 });
    },
    end: async () => {
      open.delete(device);
      await client.endAsync(true);
    },
  };
  open.add(device);
  return device;
}

/** Ends every client that the test has left open. */
export async function endRawDevices(): Promise<void> {
  await Promise.all([...open].map((device) => device.end()));
}
