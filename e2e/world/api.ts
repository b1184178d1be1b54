/** The HTTP API as a script uses it: a bearer token, and the envelope of every answer. */

export interface Answer<T = unknown> {
  status: number;
  body: { ok: 0 | 1; message?: string; detail?: string; data: T; meta?: { total?: number } };
}

export class Api {
  constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  /** One call; any status is an answer. `path` is below /core/api/v1. */
  async call<T = unknown>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
    const response = await fetch(`${this.url}/core/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Answer<T>['body'] };
  }

  /** The data of a call that has to succeed. */
  async data<T>(method: string, path: string, body?: unknown): Promise<T> {
    const { status, body: answer } = await this.call<T>(method, path, body);
    if (answer.ok === 1) return answer.data;
    throw new Error(`${method} ${path} answered ${status}: ${answer.message ?? ''} ${answer.detail ?? ''}`);
  }
}
