// Devices of which a script writes every batch itself, as the protocol has it.
import { createHash, randomBytes } from 'node:crypto';
import mqtt from 'mqtt';

/** Registers and connects `count` devices of a fleet. */
export async function connectAll(api, project, fleet, prefix, count) {
  const names = Array.from({ length: count }, (_, i) => `${prefix}-${String(i + 1).padStart(2, '0')}`);
  return Promise.all(
    names.map(async (name) => {
      const { mqtt: access } = await api('POST', `/projects/${project}/fleets/${fleet.id}/devices`, { name });
      const client = await mqtt.connectAsync(access.broker_url, {
        clientId: access.client_id,
        username: access.username,
        password: access.password,
      });
      return { client, root: access.root_topic, epoch: uuidV7(), seq: 0 };
    }),
  );
}

/** INTEGER columns, of which the first is the key; keys of the objects in the order of the canonical form. */
const schemaOf = (table, columns) => ({
  columns: columns
    .map((name, i) => ({
      decl_type_affinity: 'INTEGER',
      name,
      not_null: i === 0,
      pk_ordinal: i === 0 ? 1 : 0,
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1)),
  table_name: table,
});

/** The schema's fingerprint. */
export const hashOf = (table, columns) =>
  createHash('sha256')
    .update(JSON.stringify(schemaOf(table, columns)))
    .digest('hex');

/**
 * One batch of `count` rows, whose keys count from 0. `cellOf(n, i)` is the value of the n-th row in
 * the i-th column.
 */
export async function sendTable(device, table, columns, { count = 12, cellOf = (n, i) => n * 7 + i } = {}) {
  const rows = Array.from({ length: count }, (_, n) => ({
    commit_seq: device.seq + n + 1,
    op: 'insert',
    pk: { id: n },
    row: Object.fromEntries(columns.map((column, i) => [column, i === 0 ? n : cellOf(n, i)])),
  }));
  device.seq += rows.length;
  const batch = {
    format_version: 1,
    capture_strategy: 'sqlite_row_batch_v1',
    batch_id: uuidV7(),
    journal_epoch: device.epoch,
    source_table: table,
    schema_hash: hashOf(table, columns),
    schema_columns: schemaOf(table, columns),
    first_commit_seq: rows[0].commit_seq,
    last_commit_seq: device.seq,
    rows,
  };
  await device.client.publishAsync(`${device.root}/sync/rows/batch`, JSON.stringify(batch), { qos: 1 });
}

function uuidV7() {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
