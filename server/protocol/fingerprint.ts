/**
 * The fingerprint of a source table. It decides whether a schema is one that a person has approved, so it
 * must come out the same on every agent: canonical JSON (RFC 8785), columns in byte order of their names.
 */
import { createHash } from 'node:crypto';
import type { Affinity } from '@/server/protocol/affinity';
import { compareUtf8 } from '@/server/protocol/utf8-order';

export type { Affinity } from '@/server/protocol/affinity';

/** One column as PRAGMA table_info shows it; `pk_ordinal` is 0 off the key and 1..N on it. */
export interface SchemaColumn {
  readonly name: string;
  readonly decl_type_affinity: Affinity;
  readonly pk_ordinal: number;
  readonly not_null: boolean;
}

/** The canonical JSON that is hashed: keys sorted, no white space. Column order of the input is irrelevant. */
export function canonicalSchema(schema: { tableName: string; columns: readonly SchemaColumn[] }): string {
  const columns = [...schema.columns]
    .sort((a, b) => compareUtf8(a.name, b.name))
    .map(
      (c) =>
        `{"decl_type_affinity":${JSON.stringify(c.decl_type_affinity)},"name":${JSON.stringify(c.name)},` +
        `"not_null":${c.not_null},"pk_ordinal":${c.pk_ordinal}}`,
    );
  return `{"columns":[${columns.join(',')}],"table_name":${JSON.stringify(schema.tableName)}}`;
}

/** The schema hash: SHA-256 of the canonical JSON, 64 lowercase hex digits. */
export function schemaHash(schema: { tableName: string; columns: readonly SchemaColumn[] }): string {
  return createHash('sha256').update(canonicalSchema(schema), 'utf8').digest('hex');
}
