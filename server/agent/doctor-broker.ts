/**
 * The half of the doctor that looks at the broker. It signs in as the device, which briefly takes the place of a
 * running agent, so it keeps the persistent session (a clean one would throw the waiting controls away) and
 * acknowledges nothing that it receives.
 */
import { readFileSync } from 'node:fs';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { connect as connectTcp } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { connect as connectMqtt, type MqttClient } from 'mqtt';
import type { Clock } from '@/server/lib/clock';
import { uuidV7 } from '@/server/lib/uuid';
import { encodeAck } from '@/server/protocol/ack';
import { CHANNELS, topicOf } from '@/server/protocol/topics';
import type { AgentConfig } from '@/server/agent/config';
import { fail, messageOf, ok, warn, type Finding } from '@/server/agent/finding';

const EXPIRY_WARN_MS = 30 * 86_400_000;
const DEFAULT_PORTS: Record<string, number> = { 'mqtt:': 1883, 'tcp:': 1883, 'ws:': 80, 'wss:': 443 };
const TLS_DEFAULT_PORT = 8883;
const SECURE = new Set(['mqtts:', 'tls:', 'ssl:', 'wss:']);

/** Reachability, certificates, sign-in and topics; `waitMs` bounds each of them. */
export async function checkBroker(config: AgentConfig, clock: Clock, waitMs: number): Promise<Finding[]> {
  const url = new URL(config.mqtt.url);
  const port = url.port === '' ? (DEFAULT_PORTS[url.protocol] ?? TLS_DEFAULT_PORT) : Number(url.port);
  const place = `${url.hostname}:${port}`;
  const target = { host: url.hostname.replace(/^\[|\]$/g, ''), port };
  const own = SECURE.has(url.protocol) ? checkOwnCertificate(config, clock) : [];
  const refused = await reach(target, waitMs);
  if (refused !== null) {
    const next = 'check the address, the network and the firewall, and that the broker runs';
    return [...own, fail('broker', `${place}: ${refused}`, next)];
  }
  const findings = [...own, ok('broker', `${place} accepts connections`)];
  if (SECURE.has(url.protocol)) findings.push(await checkServerCertificate(target, config, clock, waitMs));
  // Signing in could only repeat what is already known to be wrong.
  if (findings.some((finding) => finding.status === 'fail')) return findings;
  return [...findings, ...(await checkSession(config, waitMs))];
}

interface Target {
  readonly host: string;
  readonly port: number;
}

/** Null where a connection is accepted, else why not. */
function reach(target: Target, waitMs: number): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = connectTcp({ ...target, timeout: waitMs });
    const end = (problem: string | null) => {
      socket.destroy();
      resolve(problem);
    };
    socket.once('connect', () => end(null));
    socket.once('timeout', () => end('no answer'));
    socket.once('error', (error) => end(error.message));
  });
}

function dates(
  check: string,
  certificate: { validFrom: string; validTo: string },
  now: Date,
  renew: string,
): Finding {
  const [from, to] = [new Date(certificate.validFrom), new Date(certificate.validTo)];
  const evidence = `valid from ${from.toISOString()} to ${to.toISOString()}`;
  if (now > to) return fail(check, `expired: ${evidence}`, renew);
  if (now < from)
    return fail(
      check,
      `not yet valid: ${evidence}; the clock says ${now.toISOString()}`,
      'set the clock of the device',
    );
  if (to.getTime() - now.getTime() < EXPIRY_WARN_MS) return warn(check, `expires soon: ${evidence}`, renew);
  return ok(check, evidence);
}

function checkOwnCertificate({ mqtt, device }: AgentConfig, clock: Clock): Finding[] {
  const check = 'client certificate';
  if (mqtt.cert === undefined) return [];
  try {
    const certificate = new X509Certificate(readFileSync(mqtt.cert));
    const key = mqtt.key === undefined ? null : createPrivateKey(readFileSync(mqtt.key));
    if (key === null || !certificate.checkPrivateKey(key))
      return [
        fail(
          check,
          `${mqtt.key ?? 'no key'} does not belong to ${mqtt.cert}`,
          'give the key that the certificate was made with',
        ),
      ];
    const name = /^CN=(.*)$/m.exec(certificate.subject)?.[1] ?? '';
    if (name !== device)
      return [
        fail(
          check,
          `its CN is ${JSON.stringify(name)}, the device is ${JSON.stringify(device)}`,
          'use the certificate of this device',
        ),
      ];
    return [dates(check, certificate, clock.now(), 'issue a new certificate for the device')];
  } catch (error) {
    return [
      fail(check, `${mqtt.cert}: ${messageOf(error)}`, 'give readable PEM files as mqtt.cert and mqtt.key'),
    ];
  }
}

function checkServerCertificate(
  target: Target,
  { mqtt }: AgentConfig,
  clock: Clock,
  waitMs: number,
): Promise<Finding> {
  const check = 'broker certificate';
  return new Promise((resolve) => {
    let options;
    try {
      options = {
        ...target,
        timeout: waitMs,
        rejectUnauthorized: false,
        ...(mqtt.ca === undefined ? {} : { ca: readFileSync(mqtt.ca) }),
        ...(mqtt.cert === undefined ? {} : { cert: readFileSync(mqtt.cert) }),
        ...(mqtt.key === undefined ? {} : { key: readFileSync(mqtt.key) }),
      };
    } catch (error) {
      resolve(fail(check, messageOf(error), 'give a readable PEM file as mqtt.ca'));
      return;
    }
    const socket = connectTls(options);
    const end = (finding: Finding) => {
      socket.destroy();
      resolve(finding);
    };
    socket.once('timeout', () =>
      end(fail(check, 'the TLS handshake did not end', 'check that this port speaks TLS')),
    );
    socket.once('error', (error) => end(fail(check, error.message, 'check that this port speaks TLS')));
    socket.once('secureConnect', () => {
      const certificate = socket.getPeerX509Certificate();
      if (certificate === undefined)
        return end(fail(check, 'the broker shows none', 'configure its certificate'));
      const dated = dates(check, certificate, clock.now(), 'renew the certificate of the broker');
      if (socket.authorized || dated.status === 'fail') return end(dated);
      const ca = mqtt.ca === undefined ? 'the system' : mqtt.ca;
      end(
        fail(
          check,
          `${String(socket.authorizationError)} with the CA of ${ca}`,
          'set mqtt.ca to the CA that signed the broker, and use the name in its certificate',
        ),
      );
    });
  });
}

async function checkSession(config: AgentConfig, waitMs: number): Promise<Finding[]> {
  const { url, username, password, clientId, ca, cert, key } = config.mqtt;
  const client = connectMqtt(url, {
    clientId,
    clean: false,
    protocolVersion: 4,
    connectTimeout: waitMs,
    reconnectPeriod: 0,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(ca === undefined ? {} : { ca: readFileSync(ca) }),
    ...(cert === undefined ? {} : { cert: readFileSync(cert) }),
    ...(key === undefined ? {} : { key: readFileSync(key) }),
  });
  // An error instead of an acknowledgement leaves the message to the agent.
  client.handleMessage = (_, done) => done(new Error('left for the agent'));
  client.on('error', () => undefined);
  try {
    const refused = await settled(client, waitMs, (done) => {
      client.once('connect', () => done(null));
      client.once('error', (error) => done(error.message));
    });
    if (refused !== null)
      return [
        fail(
          'sign-in',
          refused,
          'check username and password or certificate, and that the device is registered and not revoked',
        ),
      ];
    return [
      ok('sign-in', `as ${username ?? clientId}`),
      await checkSubscribe(client, config, waitMs),
      await checkPublish(client, config, waitMs),
    ];
  } finally {
    await new Promise<void>((resolve) => client.end(true, () => resolve()));
  }
}

/** What `begin` reports, or why it never will: the connection ended, or `waitMs` passed. */
function settled(
  client: MqttClient,
  waitMs: number,
  begin: (done: (problem: string | null) => void) => void,
): Promise<string | null> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve('no answer from the broker'), waitMs);
    const done = (problem: string | null) => {
      clearTimeout(timer);
      resolve(problem);
    };
    client.once('close', () => done('the broker ended the connection'));
    begin(done);
  });
}

const TOPIC_ADVICE =
  'root_topic must be {topic_slug}/{device} of the project, or /{device} where it has no slug';

async function checkSubscribe(
  client: MqttClient,
  { rootTopic }: AgentConfig,
  waitMs: number,
): Promise<Finding> {
  const topics = [CHANNELS.ingestControl, CHANNELS.ingestReceipt].map((channel) =>
    topicOf(rootTopic, channel),
  );
  const refused = await settled(client, waitMs, (done) => {
    client.subscribe(topics, { qos: 1 }, (error, granted) => {
      const denied = granted?.filter(({ qos }) => qos === 128).map(({ topic }) => topic) ?? [];
      done(error !== null ? error.message : denied.length > 0 ? `${denied.join(', ')} denied` : null);
    });
  });
  return refused === null ? ok('subscribe', topics.join(', ')) : fail('subscribe', refused, TOPIC_ADVICE);
}

/** Publishes an acknowledgement of no control, which the cloud takes for nothing. */
async function checkPublish(
  client: MqttClient,
  { rootTopic }: AgentConfig,
  waitMs: number,
): Promise<Finding> {
  const topic = topicOf(rootTopic, CHANNELS.ingestAck);
  const refused = await settled(client, waitMs, (done) => {
    client.publish(topic, encodeAck(uuidV7()), { qos: 1 }, (error) => done(error?.message ?? null));
  });
  return refused === null ? ok('publish', topic) : fail('publish', `${topic}: ${refused}`, TOPIC_ADVICE);
}
