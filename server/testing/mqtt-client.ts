/** Real MQTT clients for tests, and what they have received. */
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';

export interface Received {
  topic: string;
  payload: string;
}

export interface TestClient {
  client: MqttClient;
  received: Received[];
  sessionPresent: boolean;
  /** Drops the connection without a word, and does not come back. */
  kill(): Promise<void>;
}

const opened: MqttClient[] = [];

/** Connects once; rejects with the broker's refusal. */
export function connectClient(port: number, options: IClientOptions): Promise<TestClient> {
  const client = mqtt.connect(`mqtt://127.0.0.1:${port}`, {
    protocolVersion: 4,
    reconnectPeriod: 0,
    connectTimeout: 20_000,
    ...options,
  });
  opened.push(client);
  const received: Received[] = [];
  client.on('message', (topic, payload) => received.push({ topic, payload: payload.toString() }));
  const kill = async () => {
    await client.endAsync(true);
  };
  return new Promise((resolve, reject) => {
    client.once('connect', ({ sessionPresent }) => {
      client.off('error', reject).on('error', () => undefined);
      resolve({ client, received, sessionPresent, kill });
    });
    client.once('error', reject);
    client.once('close', () => reject(new Error('closed')));
  });
}

/** Ends every client that a test has opened. */
export async function endClients(): Promise<void> {
  await Promise.all(opened.splice(0).map((client) => client.endAsync(true)));
}
