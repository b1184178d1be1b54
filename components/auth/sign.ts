// Signing in and out over the paths of the sign-in library, without its client: that is made for more than these
// two forms, and would be a tenth of what the first page loads.

/** The browser's storage under which other tabs are told that somebody has signed in or out. */
export const SESSION_NEWS = 'tidegate.session';

const SIGN_IN_PATH = '/sign-in';

/** Posts `form` to `path` below the library's and answers where it leads. Rejects where there is no answer. */
async function post(path: string, form: Record<string, string>): Promise<URL> {
  const { csrfToken } = (await (await fetch('/api/auth/csrf')).json()) as { csrfToken: string };
  const body = new URLSearchParams({ ...form, csrfToken, json: 'true' });
  const answer = await fetch(`/api/auth/${path}`, { method: 'POST', body });
  const { url } = (await answer.json()) as { url: string };
  return new URL(url, window.location.origin);
}

function tellOtherTabs(): void {
  try {
    window.localStorage.setItem(SESSION_NEWS, String(Date.now()));
  } catch {
    // A browser without storage: the other tabs notice at their next request.
  }
}

/** Signs in; answers null, or what it was refused with. Rejects where the server does not answer. */
export async function signInWithPassword(email: string, password: string): Promise<string | null> {
  const callbackUrl = window.location.href;
  const url = await post('callback/credentials', { email, password, callbackUrl });
  const refused = url.searchParams.get('error');
  if (refused === null) tellOtherTabs();
  return refused;
}

/** Leaves for the issuer's sign-in, which leads back to `next`, a path of this site. */
export async function signInElsewhere(provider: string, next: string): Promise<void> {
  window.location.assign(await post(`signin/${provider}`, { callbackUrl: next }));
}

/** Signs out and leaves for the sign-in page. */
export async function signOut(): Promise<void> {
  const url = await post('signout', { callbackUrl: SIGN_IN_PATH });
  tellOtherTabs();
  window.location.assign(url);
}
