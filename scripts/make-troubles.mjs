// Brings the demo's project into the states in which something holds rows up, or somebody has to be told.
import { connectAll, sendTable } from './wire-devices.mjs';

const CAP_ROWS = 100;
const BREAKER_BATCHES = 5;

/** One lineage whose breaker is open, one that is over its cap, one that an operator has paused, one refused schema. */
export async function makeTroubles({ api, until, project, reviews }) {
  const edge = `/projects/${project}/edge`;
  const yard = await api('POST', `/projects/${project}/fleets`, { name: 'Yard' });
  await api('PATCH', `/projects/${project}/fleets/${yard.id}/edge/policy`, {
    max_pending_rows_per_lineage: CAP_ROWS,
  });
  const [scale, gate] = await connectAll(api, project, yard, 'demo-yard', 2);
  const weighings = ['id', 'grams', 'lorry'];
  await sendTable(scale, 'weighings', weighings);
  const decided = await reviews.find('demo-yard-01', 'weighings');
  await reviews.approve(decided.id);
  // A batch that comes before the replay is over is staged with the rest, and counts as none that failed.
  await until('the rows that waited are written', async () => {
    const { lineage } = await api('GET', `${edge}/lineages/${decided.lineage_id}`);
    return lineage.staged_row_count === 0;
  });
  const broken = (n, i) => (n === 0 && i === 1 ? 'overload' : n);
  for (let sent = 0; sent < BREAKER_BATCHES; sent += 1)
    await sendTable(scale, 'weighings', weighings, { count: 3, cellOf: broken });
  await sendTable(gate, 'passages', ['id', 'lane'], { count: CAP_ROWS + 40 });
  const full = await reviews.find('demo-yard-02', 'passages');
  const paused = (id, cause) =>
    until(`${cause} of ${id}`, async () => {
      const { lineage } = await api('GET', `${edge}/lineages/${id}`);
      return lineage.pause_causes.some((one) => one.cause === cause);
    });
  await paused(decided.lineage_id, 'circuit_breaker');
  await paused(full.lineage_id, 'backpressure');
  for (const { client } of [scale, gate]) await client.endAsync();
  return { breaker: decided.lineage_id, overCap: full.lineage_id, overCapReview: full.id };
}

/** A webhook that reaches nobody, and a token. */
export async function makeSettings({ api, until, project }) {
  const webhook = await api('POST', `/projects/${project}/webhooks`, {
    name: 'Night shift',
    url: 'https://hooks.invalid/night-shift',
    kinds: ['review_waits', 'device_silent'],
  });
  await api('POST', `/projects/${project}/webhooks/${webhook.id}/test`);
  await until('a delivery that failed', async () => {
    const log = await api('GET', `/projects/${project}/webhooks/${webhook.id}/deliveries`);
    return log.some(({ attempts }) => attempts > 0);
  });
  await api('POST', '/tokens', { name: 'Nightly export' });
  return webhook.id;
}
