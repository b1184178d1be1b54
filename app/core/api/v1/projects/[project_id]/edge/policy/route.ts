import { handle } from '@/server/http/handle';
import { getProjectPolicy, patchProjectPolicy } from '@/server/http/routes/records';

export const GET = handle(getProjectPolicy);
export const PATCH = handle(patchProjectPolicy);
