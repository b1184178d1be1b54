import { expect, it } from 'vitest';
import { methods } from './methods';
import { getFleets, postFleet } from './routes/tenancy';

const served = methods([getFleets, postFleet], () => {
  throw new Error('no call comes this far');
});
const request = (method: string) => new Request('http://x/core/api/v1/projects/p/fleets', { method });
const context = { params: Promise.resolve({}) };

it.each(['PUT', 'PATCH', 'DELETE'] as const)(
  'refuses %s in the envelope and says what there is',
  async (method) => {
    const reply = await served[method](request(method), context);
    expect(reply.status).toBe(405);
    expect(reply.headers.get('allow')).toBe('GET, POST');
    expect(await reply.json()).toMatchObject({ ok: 0, message: 'method_not_allowed' });
  },
);

it('says to OPTIONS what there is', async () => {
  const reply = await served.OPTIONS(request('OPTIONS'), context);
  expect([reply.status, reply.headers.get('allow')]).toEqual([204, 'GET, POST']);
});
