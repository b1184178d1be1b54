import type { Project } from '@/server/contract/fleet';
import { rfc3339 } from '@/server/db/time';

export interface ProjectRow {
  id: string;
  org_id: string;
  name: string;
  topic_slug: string | null;
  created_at: string;
}

/** The contract's shape of a row of `tidegate.project`. */
export const toProject = (row: ProjectRow): Project => ({ ...row, created_at: rfc3339(row.created_at) });
