// Brings the demo into every state that the console can show.
import mqtt from 'mqtt';
import { makeSettings, makeTroubles } from './make-troubles.mjs';
import { shareSchemas } from './share-schemas.mjs';
import { until } from './shown-installation.mjs';

/** Sends two messages that are refused, as a device called `meter-legacy`. */
async function sendGarbage(api, project) {
  const [fleet] = await api('GET', `/projects/${project}/fleets`);
  const { mqtt: access } = await api('POST', `/projects/${project}/fleets/${fleet.id}/devices`, {
    name: 'meter-legacy',
  });
  const client = await mqtt.connectAsync(access.broker_url, {
    clientId: access.client_id,
    username: access.username,
    password: access.password,
  });
  const batch = {
    format_version: 1,
    capture_strategy: 'sqlite_row_batch_v1',
    source_table: 'totals',
    rows: [{ commit_seq: 1, op: 'replace', pk: { id: 1 }, row: { id: 1, kwh: 18.25 } }],
  };
  for (const payload of ['{"format_version": 1,', JSON.stringify(batch)])
    await client.publishAsync(`${access.root_topic}/sync/rows/batch`, payload, { qos: 1 });
  await client.endAsync();
}

/** What is done to reviews, as a script does it. */
function reviewsOf(api, edge) {
  const at = (id, verb) => `${edge}/schema-reviews/${id}/${verb}`;
  const claim = async (id) => {
    const { columns, action_version: seen } = await api('GET', `${edge}/schema-reviews/${id}`);
    const { action_version } = await api('POST', at(id, 'claim'), { action_version: seen });
    return { columns, action_version };
  };
  return {
    /** The review of a device's table, once `rowsMin` rows wait for it. */
    find: (device, table, rowsMin = 2) =>
      until(`${table} of ${device}`, async () =>
        (await api('GET', `${edge}/schema-reviews?limit=100`)).find(
          (one) =>
            one.device_name === device && one.source_table === table && one.staged_row_count >= rowsMin,
        ),
      ),
    claim,
    /** `mirror` for every column but for those named. */
    approve: async (id, ignored = []) => {
      const { columns, action_version } = await claim(id);
      const column_actions = columns.map(({ name }) => ({
        source_column_name: name,
        action: ignored.includes(name) ? 'ignore' : 'mirror',
      }));
      await api('POST', at(id, 'approve'), { action_version, column_actions });
    },
    reject: async (id, reason) => {
      const { action_version } = await claim(id);
      await api('POST', at(id, 'reject'), { action_version, reason });
    },
    comment: (id, body) => api('POST', at(id, 'comments'), { body }),
  };
}

/** One bulk operation that is only counted, and one that is done. */
async function runBulk(api, edge) {
  const job = (action, filter) =>
    api('POST', `${edge}/bulk-jobs`, { action, filter: { status: 'open', ...filter } });
  const counted = await job('approve', {});
  const claims = await job('claim', { q: 'demo-press' });
  await api('POST', `${edge}/bulk-jobs/${claims.id}/start`, { expected_items: claims.total_items });
  return { counted, claims };
}

/** Reviews of single devices: one in review, two approved, one rejected; and a lineage that is paused by hand. */
async function decideSome(api, edge, reviews) {
  const shown = await reviews.find('demo-press-01', 'work_orders');
  const approved = await reviews.find('demo-chiller-01', 'sensor_readings');
  await reviews.claim(shown.id);
  await reviews.comment(shown.id, 'The press is rebuilt on Thursday: finished_at may change its type then.');
  await reviews.approve(approved.id);
  const state = await reviews.find('demo-chiller-02', 'device_state');
  await reviews.approve(state.id, ['supply_c']);
  const refused = await reviews.find('demo-press-01', 'maintenance_log', 1);
  await reviews.reject(refused.id, 'Names of technicians stay on the machine.');
  const bulk = await runBulk(api, edge);
  const reason = 'Circuit B is being recalibrated.';
  await api('POST', `${edge}/lineages/${state.lineage_id}/pause`, { reason });
  return { shown, approved, refused, paused: state, ...bulk };
}

/** Brings the demo into every state; answers where each can be seen. */
export async function prepare(api) {
  const [{ id: project }] = await until('a project', async () => {
    const projects = await api('GET', '/projects');
    return projects.length > 0 && projects;
  });
  const edge = `/projects/${project}/edge`;
  const reviews = reviewsOf(api, edge);
  const decided = await decideSome(api, edge, reviews);
  await sendGarbage(api, project);
  const [rejected] = await until('rejected batches', async () => {
    const batches = await api('GET', `${edge}/rejected-batches`);
    return batches.length > 1 && batches;
  });
  const troubles = await makeTroubles({ api, until, project, reviews });
  const webhook = await makeSettings({ api, until, project });
  const { id: empty } = await api('POST', '/projects', { name: 'Empty', topic_slug: 'empty' });
  const shared = await shareSchemas({ api, until, project });
  return { project, empty, ...decided, rejected, troubles, webhook, shared };
}
