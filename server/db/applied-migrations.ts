// Whether the database is at this build's schema. The journal is compiled in: a bundle lies elsewhere than
// the folder with the migrations.
import journal from '@/drizzle/meta/_journal.json';
import type { Db } from './client';
import { sqlState } from './sqlstate';

export interface MigrationState {
  applied: number;
  expected: number;
}

const UNDEFINED_TABLE = '42P01';

/** How many of this build's migrations the database has. More than expected: the database is newer. */
export async function migrationState({ sql }: Db): Promise<MigrationState> {
  const expected = journal.entries.length;
  try {
    const [row] = await sql<{ n: number }[]>`select count(*)::int as n from tidegate.__drizzle_migrations`;
    return { applied: row?.n ?? 0, expected };
  } catch (error) {
    if (sqlState(error) === UNDEFINED_TABLE) return { applied: 0, expected };
    throw error;
  }
}
