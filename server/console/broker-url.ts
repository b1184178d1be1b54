// Where devices connect, as a person copies it into an agent's configuration.
import 'server-only';
import { webRuntime } from '@/server/runtime/web';

/** The broker's URL without credentials: the worker's own user and password in MQTT_URL are not for devices. */
export function brokerUrl(): string {
  const { mqttUrl, mqttPort } = webRuntime().env;
  if (mqttUrl === undefined) return `mqtt://127.0.0.1:${mqttPort}`;
  const url = new URL(mqttUrl);
  return `${url.protocol}//${url.host}`;
}
