// The coalescing mode in force as an SQL expression, for statements over many lineages. The same order as
// `mergePolicy`: the fleet's own value, else the project's, else none.
import type { Fragment } from 'postgres';
import type { Sql } from '@/server/db/client';

/** The mode of a row that has these columns. */
export const coalescingModeOf = (sql: Sql, fleetId: Fragment, projectId: Fragment): Fragment => sql`coalesce(
  (select p.fields ->> 'schema_coalescing_mode' from tidegate.policy p
   where p.scope = 'fleet' and p.scope_id = ${fleetId}),
  (select p.fields ->> 'schema_coalescing_mode' from tidegate.policy p
   where p.scope = 'project' and p.scope_id = ${projectId}),
  'none')`;
