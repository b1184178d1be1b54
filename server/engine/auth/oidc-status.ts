// Whether the installation is connected to an OIDC issuer, and whether that works: as the process that answers sees it.
import type { z } from 'zod';
import { oidcStatusInput, type OidcStatus } from '@/server/contract/oidc';
import type { Ctx } from '../context/context';
import { parseInput } from '../errors/parse-input';
import type { IssuerKeys } from './oidc-keys';
import { requirePermission } from './permissions';

/** How it is set up, without the client's secret. */
export interface OidcSetup {
  name: string;
  issuer: string;
  audience: string | undefined;
  jwksUrl: string | undefined;
  /** Whether people can sign in with it. */
  signIn: boolean;
  keys: IssuerKeys;
}

const NOT_CONFIGURED: OidcStatus = {
  configured: false,
  name: null,
  issuer: null,
  sign_in: false,
  audience: null,
  jwks_url: null,
  keys: { count: 0, fetched_at: null, tried_at: null, error: null },
  people: 0,
};

/** `setup` is null where no issuer is set up. */
export async function getOidcStatus({
  ctx,
  setup,
  input,
}: {
  ctx: Ctx;
  setup: OidcSetup | null;
  input: z.input<typeof oidcStatusInput>;
}): Promise<OidcStatus> {
  requirePermission(ctx, 'ORG_CAN_ADMIN');
  const { refresh } = parseInput(oidcStatusInput, input, 'query');
  if (setup === null) return NOT_CONFIGURED;
  const [people] = await ctx.db.sql<{ n: number }[]>`
    select count(distinct i.user_id)::int as n
    from tidegate.user_identity i join tidegate.membership m on m.user_id = i.user_id
    where i.issuer = ${setup.issuer} and m.org_id = ${ctx.orgId}::uuid`;
  return {
    configured: true,
    name: setup.name,
    issuer: setup.issuer,
    sign_in: setup.signIn,
    audience: setup.audience ?? null,
    jwks_url: setup.jwksUrl ?? null,
    keys: await setup.keys.status(refresh === 'true'),
    people: people?.n ?? 0,
  };
}
