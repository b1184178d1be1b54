/** Devices of which only the wire matters: where many are needed, an agent for each would say no more. */
import { uuidV7 } from '@/server/lib/uuid';
import { schemaHash } from '@/server/protocol/fingerprint';
import { encodeRowBatch } from '@/server/protocol/row-batch-encode';
import { connectAs } from './mqtt';
import type { RegisteredTestDevice } from './place';

export interface WireDevice extends RegisteredTestDevice {
  /** Sends rows of INTEGER columns, of which the first is the key, and waits for the broker. */
  send(table: string, columns: readonly string[], rows: readonly (readonly number[])[]): Promise<void>;
}

/** Connects a registered device; `endRawDevices` ends it. */
export async function onTheWire(device: RegisteredTestDevice): Promise<WireDevice> {
  const client = await connectAs(device.mqtt);
  const journalEpoch = uuidV7();
  let commitSeq = 0n;
  return {
    ...device,
    send: async (sourceTable, names, rows) => {
      const columns = names.map((name, i) => ({
        name,
        decl_type_affinity: 'INTEGER' as const,
        pk_ordinal: i === 0 ? 1 : 0,
        not_null: i === 0,
      }));
      const changes = rows.map((values) => {
        const row = Object.fromEntries(names.map((name, i) => [name, BigInt(values[i] ?? 0)]));
        const pk = { [names[0] ?? '']: BigInt(values[0] ?? 0) };
        return { commitSeq: (commitSeq += 1n), op: 'insert' as const, pk, row };
      });
      await client.publish(
        'rows/batch',
        encodeRowBatch({
          batchId: uuidV7(),
          journalEpoch,
          sourceTable,
          schemaHash: schemaHash({ tableName: sourceTable, columns }),
          schemaColumns: columns,
          rows: changes,
        }),
      );
    },
  };
}
