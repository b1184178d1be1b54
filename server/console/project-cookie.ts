/** Remembers the project that was looked at last. */
export const PROJECT_COOKIE = 'tidegate.project';

export const PROJECT_COOKIE_OPTIONS = {
  httpOnly: true,
  sameSite: 'lax',
  maxAge: 365 * 24 * 60 * 60,
  path: '/',
} as const;
