// Where the settings are read from, for the page on the server and the refetch in the browser alike.
export const MEMBERS_PATH = 'members';
export const TOKENS_PATH = 'tokens';

/** An organisation has few members; more than these are found by the API. */
export const membersParams = { limit: 200 } as const;

/** One's own tokens, or everyone's for an administrator. */
export const tokensParams = (everyone: boolean) => ({ limit: 200, user: everyone ? 'all' : 'me' }) as const;

/** What is kept for how long, below the project. */
export const RETENTION_PATH = 'retention';

/** The OIDC issuer, of the organisation. */
export const OIDC_PATH = 'oidc';
