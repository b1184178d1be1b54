// Rows that cannot be written as they came and are in the mirror all the same: an operator had their value written as
// NULL or as text, and then their batch came again. They are repeats; staged once more, they would fail for ever.
import type { Db } from '@/server/db/client';
import { mirrorTable } from '@/server/db/identifier';
import { byKey, byNullKeys } from './key-match';
import { prepareWrites, type MirrorTarget, type RowWrite } from './prepare-writes';

/** Those of `writes`, row changes of one schema, whose very version the mirror has. */
export async function writtenAmong(
  db: Db,
  target: MirrorTarget,
  writes: readonly RowWrite[],
): Promise<ReadonlySet<RowWrite>> {
  const written = new Set<RowWrite>();
  // By its key alone: that is what a delete of the same version would go by. A key that does not fit is in no mirror.
  const asked = writes.flatMap((write) =>
    prepareWrites(target, [{ ...write, op: 'delete' }]).deletes.map(({ nullKeys, json }) => ({
      write,
      nullKeys,
      json,
    })),
  );
  for (const group of byNullKeys(asked)) {
    const { record, match } = byKey(target, group[0]?.nullKeys ?? [], ', n int');
    const rows = group.map(({ json }, n) => `${json.slice(0, -1)},"n":${n}}`);
    const found = await db.sql.unsafe<{ n: number }[]>(
      `select r.n from ${record}
       where exists (select from ${mirrorTable(target.tableName)} m
                     where ${match} and (m.version_epoch, m.version_seq) = (r.e, r.s))`,
      [`[${rows.join(',')}]`, target.deviceId],
    );
    for (const { n } of found) {
      const write = group[n]?.write;
      if (write !== undefined) written.add(write);
    }
  }
  return written;
}
