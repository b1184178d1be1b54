// What a person may have to be told of: found often, so it holds only what says whether it is to be told.
import { createHash } from 'node:crypto';
import type { WebhookKind } from '@/server/contract/webhook-kinds';

/** What a situation is about, enough to read its facts. */
export type SituationSubject =
  | { of: 'schema'; sourceTable: string; schemaHash: string }
  | { of: 'registry_review'; id: string }
  | { of: 'fleet'; id: string };

export interface Situation {
  kind: WebhookKind;
  /** The same as long as it is the same situation. */
  key: string;
  since: Date;
  /** False where a person is at it: it lasts, and nobody needs to be told. */
  isTellable: boolean;
  /** When it last got worse in a way that is worth another message; null where none is. */
  grewAt: Date | null;
  subject: SituationSubject;
}

/** A source table with a schema hash as a key of fixed length. */
export const fingerprintKey = (sourceTable: string, schemaHash: string): string =>
  createHash('sha256').update(`${sourceTable}\0${schemaHash}`).digest('hex');
