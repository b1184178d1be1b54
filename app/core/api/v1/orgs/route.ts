import { handle } from '@/server/http/handle';
import { getOrgs } from '@/server/http/routes/tenancy';

export const GET = handle(getOrgs);
