import { handle } from '@/server/http/handle';
import { getTokens, postToken } from '@/server/http/routes/tenancy';

export const GET = handle(getTokens);
export const POST = handle(postToken);
