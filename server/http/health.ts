// Health: is the process there, and can the installation do its work. A check that hangs is a failed check.
import { migrationState } from '@/server/db/applied-migrations';
import { sqlMessage } from '@/server/db/sqlstate';
import { workerSlots } from '@/server/engine/diagnosis/workers';
import { Refusal } from '@/server/engine/errors/errors';
import { uuidV7 } from '@/server/lib/uuid';
import { refusalAnswer, respond, successAnswer } from './envelope';
import { webHost, type HttpHost } from './host';

const CHECK_MS_MAX = 3000;

export interface HealthPart {
  name: 'database' | 'migrations' | 'worker' | 'broker';
  ok: boolean;
  /** A sentence that says what is, and where it is not well, what to do. */
  detail: string;
}

/** This process answers. */
export const healthz = (): Response =>
  respond(successAnswer({ status: 200, data: { status: 'ok' }, meta: null }), uuidV7());

/** 200 where every part is well, 503 with a line for each part otherwise. */
export async function readyz(host: () => HttpHost = webHost): Promise<Response> {
  const parts = await readiness(host);
  const failed = parts.filter(({ ok }) => !ok);
  if (failed.length === 0) {
    return respond(successAnswer({ status: 200, data: { status: 'ready', parts }, meta: null }), uuidV7());
  }
  const detail = failed.map((part) => `${part.name}: ${part.detail}`).join(' ');
  const refusal = new Refusal(503, 'not_ready', detail, { data: { status: 'not_ready', parts } });
  return respond(refusalAnswer(refusal), uuidV7());
}

async function readiness(host: () => HttpHost): Promise<HealthPart[]> {
  let connected: HttpHost;
  try {
    connected = host();
    await within(connected.db.sql`select 1`);
  } catch (error) {
    const unknown = 'Not known while the database does not answer.';
    return [
      { name: 'database', ok: false, detail: `It does not answer: ${sqlMessage(error)}.` },
      { name: 'migrations', ok: false, detail: unknown },
      { name: 'worker', ok: false, detail: unknown },
      { name: 'broker', ok: false, detail: unknown },
    ];
  }
  const database: HealthPart = { name: 'database', ok: true, detail: 'It answers.' };
  const migrations = await checked('migrations', () => migrationPart(connected));
  const workers = await workerParts(connected);
  return [database, migrations, ...workers];
}

async function migrationPart({ db }: HttpHost): Promise<HealthPart> {
  const { applied, expected } = await migrationState(db);
  const ok = applied >= expected;
  return {
    name: 'migrations',
    ok,
    detail: ok
      ? `All ${expected} are applied.`
      : `${applied} of ${expected} are applied. Start Tidegate once with this version to apply the rest.`,
  };
}

async function workerParts({ db, clock }: HttpHost): Promise<HealthPart[]> {
  let slots: Awaited<ReturnType<typeof workerSlots>>;
  try {
    slots = await within(workerSlots(db, clock));
  } catch (error) {
    const detail = `The heartbeats cannot be read: ${sqlMessage(error)}.`;
    return [
      { name: 'worker', ok: false, detail },
      { name: 'broker', ok: false, detail },
    ];
  }
  const alive = slots.filter((slot) => slot.alive);
  const connected = alive.filter((slot) => slot.broker_connected);
  const newest = slots
    .map(({ beat_at }) => beat_at)
    .sort()
    .at(-1);
  const lastSign = newest === undefined ? 'None has ever run.' : `The last sign of one was at ${newest}.`;
  return [
    {
      name: 'worker',
      ok: alive.length > 0,
      detail: alive.length > 0 ? `${alive.length} alive.` : `No worker is running. ${lastSign}`,
    },
    {
      name: 'broker',
      ok: connected.length > 0,
      detail:
        connected.length > 0
          ? `${connected.length} of ${alive.length} workers are connected to it.`
          : alive.length > 0
            ? 'No worker is connected to it. Check that the broker runs and that its URL is right.'
            : 'Not known while no worker is running.',
    },
  ];
}

async function checked(name: HealthPart['name'], check: () => Promise<HealthPart>): Promise<HealthPart> {
  try {
    return await within(check());
  } catch (error) {
    return { name, ok: false, detail: `It cannot be checked: ${sqlMessage(error)}.` };
  }
}

async function within<T>(work: PromiseLike<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${CHECK_MS_MAX} ms`)), CHECK_MS_MAX);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
