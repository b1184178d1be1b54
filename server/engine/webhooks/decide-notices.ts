// What a webhook is told of, out of what there is and what it has been told before. Pure.
// One message per fingerprint: a thousand devices that bring the same schema are one situation, and one that comes
// and goes is told at most once an hour.
import type { WebhookKind } from '@/server/contract/webhook-kinds';
import type { Situation } from './situation';

export interface Notice {
  kind: WebhookKind;
  key: string;
  toldAt: Date;
  /** Null while it lasts. */
  endedAt: Date | null;
}

interface Decision {
  /** To be told now, the longest standing first. */
  tell: Situation[];
  /** Were there, and are no more. */
  ended: Notice[];
  /** Are over for so long that they would be told anew. */
  forget: Notice[];
}

/** After this the devices of a rollout have come, and one message can count them. */
const SETTLE_MS = 10_000;
const QUIET_MS = 3_600_000;
/** What waits when a webhook is set up comes in portions, not as a flood. */
const TOLD_AT_ONCE = 20;

const idOf = ({ kind, key }: Pick<Notice, 'kind' | 'key'>): string => `${kind} ${key}`;

/** `situations` are of the kinds that the webhook has chosen. */
export function decideNotices(
  situations: readonly Situation[],
  notices: readonly Notice[],
  now: Date,
): Decision {
  const known = new Map(notices.map((notice) => [idOf(notice), notice]));
  const present = new Set(situations.map(idOf));
  const before = (ms: number): number => now.getTime() - ms;
  const isQuiet = ({ toldAt }: Notice): boolean => toldAt.getTime() > before(QUIET_MS);
  const isToBeTold = (situation: Situation): boolean => {
    if (!situation.isTellable || situation.since.getTime() > before(SETTLE_MS)) return false;
    const notice = known.get(idOf(situation));
    if (notice === undefined) return true;
    if (isQuiet(notice)) return false;
    return notice.endedAt !== null || (situation.grewAt !== null && situation.grewAt > notice.toldAt);
  };
  const gone = notices.filter((notice) => !present.has(idOf(notice)));
  return {
    tell: situations
      .filter(isToBeTold)
      .sort((a, b) => a.since.getTime() - b.since.getTime())
      .slice(0, TOLD_AT_ONCE),
    ended: gone.filter(({ endedAt }) => endedAt === null),
    forget: gone.filter((notice) => notice.endedAt !== null && !isQuiet(notice)),
  };
}
