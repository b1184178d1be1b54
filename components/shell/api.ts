// Reads of the browser: the same paths and the same envelope that scripts use, with the session's cookie.
import type { Page, PageMeta } from '@/server/contract/common';
import { DATABASE_UNAVAILABLE } from '@/server/contract/page-faults';
import { noteAnswer, noteLoss, noteSignedOut } from './connection';

/** The code of a fault of the server's own, as it answers it. */
export const FAULT_CODE = 'internal_error';

/** The server refused: `code` is stable, `message` a sentence that says what to do. */
export class ApiRefusal extends Error {
  override readonly name = 'ApiRefusal';
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
  ) {
    super(detail);
  }
}

type Envelope =
  | { ok: 1; data: unknown; meta: PageMeta | null }
  | { ok: 0; message: string; detail: string; data?: unknown };

/** What a query parameter may be; null and undefined are left out. */
export type Params = Record<string, string | number | boolean | null | undefined>;

function withQuery(path: string, params: Params): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value !== null && value !== undefined && value !== '') query.set(name, String(value));
  }
  const text = query.toString();
  return `/core/api/v1/${path}${text === '' ? '' : `?${text}`}`;
}

/** `/core/api/v1/projects/{id}/{path}` with `params` that are set. */
export const projectPath = (projectId: string, path: string, params: Params = {}): string =>
  withQuery(`projects/${projectId}/${path}`, params);

/** In our words: each browser has its own for it. */
const NO_ANSWER = 'The server does not answer.';

/** A server that says nothing for this long does not answer: a cut cable is not told by an error. */
const ANSWER_MS_MAX = 20_000;

/** For what somebody has asked for and waits for, though all of it has to be gone through. */
export const COUNT_MS_MAX = 120_000;

/**
 * True where nothing could have been answered just then. A fault is a mistake in what was asked for alone: the server
 * answers, and says so in its own words.
 */
export const isLoss = (status: number, code: string | null): boolean => status >= 500 && code !== FAULT_CODE;

const codeOf = (envelope: Envelope | null): string | null => (envelope?.ok === 0 ? envelope.message : null);

type Headers = Record<string, string>;

function envelopeOf(text: string): Envelope | null {
  try {
    return JSON.parse(text) as Envelope;
  } catch {
    return null;
  }
}

async function fetchEnvelope(
  path: string,
  signal: AbortSignal,
  headers: Headers = {},
  answerMsMax = ANSWER_MS_MAX,
): Promise<Envelope & { ok: 1 }> {
  const silent = AbortSignal.timeout(answerMsMax);
  const askedAt = Date.now();
  let response: Response;
  let text: string;
  try {
    response = await fetch(path, {
      signal: AbortSignal.any([signal, silent]),
      headers: { accept: 'application/json', ...headers },
    });
    // A line that is cut in the middle of an answer is lost, whatever status had come.
    text = await response.text();
  } catch (error) {
    if (signal.aborted) throw error;
    noteLoss('server', NO_ANSWER);
    throw new Error(NO_ANSWER, { cause: error });
  }
  const envelope = envelopeOf(text);
  if (response.status === 401) noteSignedOut();
  else if (isLoss(response.status, codeOf(envelope)))
    noteLoss(
      codeOf(envelope) === DATABASE_UNAVAILABLE ? 'database' : 'server',
      `The server answers ${response.status}.`,
    );
  else noteAnswer(askedAt);
  if (envelope?.ok === 1) return envelope;
  throw new ApiRefusal(
    response.status,
    envelope?.message ?? 'unreadable_answer',
    envelope?.detail ?? `The server answered ${response.status} without an explanation.`,
  );
}

/** One object. */
export async function getObject<T>(path: string, signal: AbortSignal, answerMsMax?: number): Promise<T> {
  return (await fetchEnvelope(path, signal, {}, answerMsMax)).data as T;
}

/** One page of a list, in the shape of the list verbs. */
export async function getPage<T>(
  path: string,
  signal: AbortSignal,
  headers?: Headers,
  answerMsMax?: number,
): Promise<Page<T>> {
  const { data, meta } = await fetchEnvelope(path, signal, headers, answerMsMax);
  if (meta === null)
    throw new ApiRefusal(200, 'unreadable_answer', 'The server sent a list without its meta block.');
  return { items: data as T[], meta };
}

/** One page of a list of the organisation: its members, its tokens. */
export const getOrgPage = <T>(
  orgId: string,
  path: string,
  params: Params,
  signal: AbortSignal,
): Promise<Page<T>> => getPage<T>(withQuery(path, params), signal, { 'org-id': orgId });

/** One object of the organisation. */
export async function getOrgObject<T>(
  orgId: string,
  path: string,
  params: Params,
  signal: AbortSignal,
): Promise<T> {
  return (await fetchEnvelope(withQuery(path, params), signal, { 'org-id': orgId })).data as T;
}

/** One object with the meta block of the list that it holds. */
export async function getObjectPage<T extends object>(
  path: string,
  signal: AbortSignal,
  answerMsMax?: number,
): Promise<T & { meta: PageMeta }> {
  const { data, meta } = await fetchEnvelope(path, signal, {}, answerMsMax);
  if (meta === null)
    throw new ApiRefusal(200, 'unreadable_answer', 'The server sent a list without its meta block.');
  return { ...(data as T), meta };
}
