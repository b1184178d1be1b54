/** A webhook with a message that has not been sent, and a receiver on this machine that answers as a test says. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WebhookKind } from '@/server/contract/webhook-kinds';
import type { Db } from '@/server/db/client';
import { createWebhook } from '@/server/engine/webhooks/create-webhook';
import { testWebhook } from '@/server/engine/webhooks/test-webhook';
import type { TestPerson } from './tenancy';

const CONSOLE_URL = 'http://console.test';

/** What a path can name: a webhook of the tenancy, and one delivery of it. */
export async function makeWebhook(
  db: Db,
  place: { projectId: string; people: { admin: Pick<TestPerson, 'ctx'> } },
  { url = 'http://127.0.0.1:9/', kinds = ['review_waits'] }: { url?: string; kinds?: WebhookKind[] } = {},
): Promise<{ webhook_id: string; delivery_id: string }> {
  const { projectId, people } = place;
  const ctx = { ...people.admin.ctx, db };
  const input = { name: 'on call', url, kinds };
  const webhook = await createWebhook({ ctx, projectId, input, mayReachPrivate: true });
  const target = { ctx, projectId, webhookId: webhook.id, consoleUrl: CONSOLE_URL };
  return { webhook_id: webhook.id, delivery_id: (await testWebhook(target)).id };
}

export interface Received {
  headers: IncomingHttpHeaders;
  body: string;
}

/** What the receiver does with a message: a status to answer, or nothing at all until it is closed. */
export type Behaviour = { status: number; body?: string; headers?: Record<string, string> } | 'silence';

export interface Receiver {
  url: string;
  received: Received[];
  /** For every message from now on. */
  behave(behaviour: Behaviour): void;
  close(): Promise<void>;
}

/** Starts one on a free port of the loopback; it answers 204. */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  let behaviour: Behaviour = { status: 204 };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
      if (behaviour === 'silence') return;
      response.writeHead(behaviour.status, behaviour.headers).end(behaviour.body ?? '');
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    behave: (next) => {
      behaviour = next;
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
