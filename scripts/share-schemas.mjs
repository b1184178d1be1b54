// Brings the demo's project into a state in which the registry has something to show.
import { createHash, randomBytes } from 'node:crypto';
import mqtt from 'mqtt';

/** Decides a table of three devices together, and consolidates one that was decided for a single device. */
export async function shareSchemas({ api, until, project }) {
  const edge = `/projects/${project}/edge`;
  await api('PATCH', `${edge}/policy`, { schema_coalescing_mode: 'project' });
  const { job } = await api('POST', `${edge}/coalesced-mirrors/sensor_readings/consolidate`, {
    dry_run: false,
  });
  const table = 'pump_cycles';
  for (const [name, columns] of [
    ['demo-share-01', ['id', 'cycles']],
    ['demo-share-02', ['id', 'cycles']],
    ['demo-share-03', ['id', 'cycles', 'minutes']],
  ])
    await sendTable(api, project, name, table, columns);
  const open = () => api('GET', `${edge}/registry-reviews?status=open&limit=100`);
  const waitingFor = (devices) =>
    until(`${devices} waiting for ${table}`, async () =>
      (await open()).find((one) => one.source_table === table && one.waiting_lineages === devices),
    );
  const oldest = await waitingFor(2);
  const waiting = await waitingFor(1);
  const at = `${edge}/registry-reviews/${oldest.id}`;
  const { action_version } = await api('POST', `${at}/claim`, { action_version: oldest.action_version });
  await api('POST', `${at}/approve`, {
    action_version,
    column_actions: ['id', 'cycles'].map((name) => ({ source_column_name: name, action: 'mirror' })),
  });
  const [mirror] = await api('GET', `${edge}/coalesced-mirrors?source_table=${table}`);
  return { entry: oldest.registry_id, waiting, mirror, job };
}

/** One batch of `columns` (the first is the key) as a device called `name` sends it. */
async function sendTable(api, project, name, table, columns) {
  const [fleet] = await api('GET', `/projects/${project}/fleets`);
  const { mqtt: access } = await api('POST', `/projects/${project}/fleets/${fleet.id}/devices`, { name });
  const client = await mqtt.connectAsync(access.broker_url, {
    clientId: access.client_id,
    username: access.username,
    password: access.password,
  });
  const schema = {
    columns: columns
      .map((column, i) => ({
        decl_type_affinity: 'INTEGER',
        name: column,
        not_null: i === 0,
        pk_ordinal: i === 0 ? 1 : 0,
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    table_name: table,
  };
  const rows = Array.from({ length: 12 }, (_, n) => ({
    commit_seq: n + 1,
    op: 'insert',
    pk: { id: n },
    row: Object.fromEntries(columns.map((column, i) => [column, i === 0 ? n : n * 7 + i])),
  }));
  const batch = {
    format_version: 1,
    capture_strategy: 'sqlite_row_batch_v1',
    batch_id: uuidV7(),
    journal_epoch: uuidV7(),
    source_table: table,
    // Keys are written in the order of their names, as the canonical form has them.
    schema_hash: createHash('sha256').update(JSON.stringify(schema)).digest('hex'),
    schema_columns: schema,
    first_commit_seq: 1,
    last_commit_seq: rows.length,
    rows,
  };
  await client.publishAsync(`${access.root_topic}/sync/rows/batch`, JSON.stringify(batch), { qos: 1 });
  await client.endAsync();
}

function uuidV7() {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
