// A project's topic slug is unique over the installation: it is the first level of its devices' topics.
import type { z } from 'zod';
import { createProjectInput, type Project } from '@/server/contract/fleet';
import { sqlState } from '@/server/db/sqlstate';
import { only } from '@/server/lib/assert';
import { uuidV4 } from '@/server/lib/uuid';
import { inTransaction, type Ctx } from '../context/context';
import { conflict } from '../errors/errors';
import { parseInput } from '../errors/parse-input';
import { recordEvent } from '../events/record-event';
import { requirePermission } from './permissions';
import { toProject, type ProjectRow } from './project-row';

/** 409 `project_name_already_in_use` or `topic_slug_already_in_use`. */
export async function createProject({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.input<typeof createProjectInput>;
}): Promise<Project> {
  requirePermission(ctx, 'ORG_CAN_ADMIN');
  const { name, topic_slug } = parseInput(createProjectInput, input, 'body');
  try {
    return await inTransaction(ctx, async (tx) => {
      const row = only(
        await tx.db.sql<ProjectRow[]>`
          insert into tidegate.project (id, org_id, name, topic_slug, created_at)
          values (${uuidV4()}, ${tx.orgId}, ${name}, ${topic_slug ?? null}, ${tx.clock.now().toISOString()})
          returning id, org_id, name, topic_slug, created_at`,
      );
      await recordEvent(tx, {
        kind: 'project.created',
        projectId: row.id,
        subject: { kind: 'project', id: row.id },
        data: { name, topic_slug: row.topic_slug },
      });
      return toProject(row);
    });
  } catch (error) {
    throw sqlState(error) === '23505' ? nameTaken(constraintOf(error), name, topic_slug ?? '') : error;
  }
}

const constraintOf = (error: unknown): string =>
  error instanceof Error && 'constraint_name' in error ? String(error.constraint_name) : '';

const nameTaken = (constraint: string, name: string, slug: string): Error =>
  constraint === 'project_org_name'
    ? conflict(
        'project_name_already_in_use',
        `The organisation has a project named "${name}" already. Choose another name.`,
      )
    : conflict('topic_slug_already_in_use', `The topic slug "${slug}" is taken. Choose another one.`);
