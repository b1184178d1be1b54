import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { newWebhookSecret, signatureOf, signedHeaders } from './signature';

const at = new Date('2021-03-14T07:00:27.900Z');

it('signs as the example of standardwebhooks.com is signed', () => {
  const message = {
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    at: new Date(1_614_265_330_000),
    body: '{"test": 2432232314}',
  };
  expect(signatureOf('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', message)).toBe(
    'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  );
});

it('signs with each secret in force, over id, time and body', () => {
  const secrets = [newWebhookSecret(), newWebhookSecret()];
  const headers = signedHeaders(secrets, { id: 'a', at, body: 'ü' });
  const expected = secrets.map((secret) => {
    const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
    return `v1,${createHmac('sha256', key).update('a.1615705227.ü').digest('base64')}`;
  });
  expect(headers).toEqual({
    'webhook-id': 'a',
    'webhook-timestamp': '1615705227',
    'webhook-signature': expected.join(' '),
  });
});

it('makes secrets of 32 random bytes', () => {
  const secret = newWebhookSecret();
  expect(Buffer.from(secret.replace('whsec_', ''), 'base64')).toHaveLength(32);
  expect(newWebhookSecret()).not.toBe(secret);
});

it('is accepted by what the documentation gives receivers, and an old or changed message is not', async () => {
  const [, code = ''] = /```js\n([\s\S]*?)```/.exec(readFileSync('docs/webhooks.md', 'utf8')) ?? [];
  const { isGenuine } = (await import(
    /* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`
  )) as { isGenuine(secret: string, headers: Record<string, string>, body: string): boolean };
  const [mine, other] = [newWebhookSecret(), newWebhookSecret()];
  const now = new Date();
  const headers = signedHeaders([other, mine], { id: 'a', at: now, body: '{}' });
  expect(isGenuine(mine, headers, '{}')).toBe(true);
  expect(isGenuine(newWebhookSecret(), headers, '{}')).toBe(false);
  expect(isGenuine(mine, headers, '{ }')).toBe(false);
  expect(isGenuine(mine, { ...headers, 'webhook-id': 'b' }, '{}')).toBe(false);
  const old = signedHeaders([mine], { id: 'a', at: new Date(now.getTime() - 301_000), body: '{}' });
  expect(isGenuine(mine, old, '{}')).toBe(false);
});
