// What is kept for how long, and what the last rounds took away.
import type { POLICY_DEFAULTS } from '@/server/contract/fleet';
import { KEPT_DAYS, type KeptThing, type Removal, type RetentionStatus } from '@/server/contract/retention';
import { rfc3339 } from '@/server/db/time';
import { requirePermission } from '../auth/permissions';
import { requireProject } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import { mergePolicy, type PolicyOverrides } from '../policy/merge-policy';

const DAY_MS = 86_400_000;

interface Round {
  at: string;
  telemetry_days: number;
  ledger_days: number;
  partitions_dropped: string[];
  rows_deleted: Record<string, number>;
  took_any: boolean;
  error: string | null;
}

type Kept = RetentionStatus['kept'][number];

const fixed = (what: keyof typeof KEPT_DAYS): Kept => ({
  what,
  days: KEPT_DAYS[what],
  from: 'fixed',
  fleets: [],
});

const ofInstallation = (what: KeptThing, days: number | null): Kept => ({
  what,
  days,
  from: 'installation',
  fleets: [],
});

/** What a project's policy says, and the fleets that say otherwise. */
async function ofPolicy({ db: { sql } }: Ctx, projectId: string): Promise<Kept[]> {
  const rows = await sql<{ id: string | null; name: string | null; fields: PolicyOverrides }[]>`
    select f.id, f.name, p.fields
    from tidegate.policy p left join tidegate.fleet f on p.scope = 'fleet' and f.id = p.scope_id
    where (p.scope = 'project' and p.scope_id = ${projectId}) or f.project_id = ${projectId}
    order by f.name nulls first`;
  const project = rows.find(({ id }) => id === null)?.fields ?? null;
  const names = { rejected_batches: 'rejected_batch_retention_days', tombstones: 'tombstone_retention_days' };
  return (['rejected_batches', 'tombstones'] as const).map((what) => {
    const name = names[what] as keyof typeof POLICY_DEFAULTS;
    const daysOf = (fleet: PolicyOverrides) => Number(mergePolicy(project, fleet).fields[name]);
    return {
      what,
      days: daysOf(null),
      from: 'policy',
      fleets: rows.flatMap(({ id, name: fleetName, fields }) =>
        id === null || daysOf(fields) === daysOf(null)
          ? []
          : [{ fleet_id: id, fleet_name: fleetName ?? '', days: daysOf(fields) }],
      ),
    };
  });
}

const removalOf = (round: Round): Removal => ({
  at: rfc3339(round.at),
  partitions_dropped: round.partitions_dropped,
  rows_deleted: round.rows_deleted,
});

function summed(rounds: readonly Round[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { rows_deleted: deleted, partitions_dropped: partitions } of rounds) {
    if (partitions.length > 0) sums['partitions'] = (sums['partitions'] ?? 0) + partitions.length;
    for (const [what, rows] of Object.entries(deleted)) sums[what] = (sums[what] ?? 0) + rows;
  }
  return sums;
}

/** Of a project; what a round took away is of the whole installation, in counts alone. */
export async function getRetention({
  ctx,
  projectId,
}: {
  ctx: Ctx;
  projectId: string;
}): Promise<RetentionStatus> {
  requirePermission(ctx, 'PROJECT_CAN_VIEW');
  const project = await requireProject(ctx, projectId);
  const { sql } = ctx.db;
  const columns = sql`at, telemetry_days, ledger_days, partitions_dropped, rows_deleted, took_any, error`;
  const since = new Date(ctx.clock.now().getTime() - DAY_MS).toISOString();
  const [last] = await sql<
    Round[]
  >`select ${columns} from tidegate.retention_round order by at desc, id desc limit 1`;
  const [removal] = await sql<Round[]>`
    select ${columns} from tidegate.retention_round where took_any order by at desc, id desc limit 1`;
  const recent = await sql<Round[]>`
    select ${columns} from tidegate.retention_round where took_any and at > ${since}::text::timestamptz`;
  return {
    kept: [
      ofInstallation('telemetry_values', last?.telemetry_days ?? null),
      ofInstallation('batch_ledger', last?.ledger_days ?? null),
      ...(await ofPolicy(ctx, project.id)),
      fixed('webhook_deliveries'),
      fixed('bulk_jobs'),
      fixed('bulk_previews'),
      fixed('access_events'),
      fixed('tokens'),
      fixed('idempotency_keys'),
      { what: 'events', days: null, from: 'fixed', fleets: [] },
    ],
    last_round: last === undefined ? null : { at: rfc3339(last.at), error: last.error },
    last_removal: removal === undefined ? null : removalOf(removal),
    removed_24h: summed(recent),
  };
}
