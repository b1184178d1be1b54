// Reads again what events have made old. One reading at a time: under a storm of events each would break off the
// one before, and the page would never show anything.
import type { Query, QueryClient } from '@tanstack/react-query';
import type { Event } from '@/server/contract/fleet';
import { isAffected } from './event-scope';

/** Events that come within this time are read for together. */
const GATHER_MS = 40;
/** More events than these at once are not looked at singly. */
const EVENTS_MAX = 200;

/** What `edgeKey` made; null for a key of another making. */
function parts(query: Query): { project: string; path: string; params: Record<string, unknown> } | null {
  const [project, path, params] = query.queryKey as [unknown, unknown, unknown];
  if (typeof project !== 'string' || typeof path !== 'string') return null;
  return { project, path, params: (params ?? {}) as Record<string, unknown> };
}

/** The queries of one project, and what has happened to them. */
export class StaleQueries {
  private events: Event[] = [];
  private isAll = false;
  private reading: Promise<void> | null = null;

  constructor(
    private readonly client: QueryClient,
    private readonly projectId: string,
    private readonly pause: (ms: number) => Promise<void> = (ms) =>
      new Promise((resolve) => setTimeout(resolve, ms)),
  ) {}

  /** `event` has happened. */
  add(event: Event): void {
    this.events.push(event);
    this.readSoon();
  }

  /** Anything may have happened: all is read again. */
  addAll(): void {
    this.isAll = true;
    this.readSoon();
  }

  private readSoon(): void {
    this.reading ??= this.read().finally(() => {
      this.reading = null;
      if (this.isAll || this.events.length > 0) this.readSoon();
    });
  }

  private async read(): Promise<void> {
    await this.pause(GATHER_MS);
    const events = this.events.splice(0);
    const isAll = this.isAll || events.length > EVENTS_MAX;
    this.isAll = false;
    await this.client.invalidateQueries({
      predicate: (query) => {
        const of = parts(query);
        if (of?.project !== this.projectId) return false;
        const { path, params } = of;
        return isAll || events.some((e) => isAffected({ path, params, data: query.state.data }, e));
      },
    });
  }
}
