// Filters that a person keeps under a name: theirs alone, in one project.
import { index, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { appUser, project, tidegate } from './tenancy';

const at = (name: string) => timestamp(name, { withTimezone: true, precision: 6, mode: 'date' });

export const savedView = tidegate.table(
  'saved_view',
  {
    id: uuid().primaryKey(),
    projectId: uuid('project_id')
      .notNull()
      .references(() => project.id, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .notNull()
      .references(() => appUser.id, { onDelete: 'cascade' }),
    /** The list that it is of. */
    page: text({ enum: ['reviews', 'lineages'] }).notNull(),
    name: text().notNull(),
    /** The list's query string, without the question mark. */
    search: text().notNull(),
    createdAt: at('created_at').notNull(),
    updatedAt: at('updated_at').notNull(),
  },
  (t) => [
    uniqueIndex('saved_view_name').on(t.projectId, t.userId, t.page, t.name),
    index('saved_view_user').on(t.userId),
  ],
);
