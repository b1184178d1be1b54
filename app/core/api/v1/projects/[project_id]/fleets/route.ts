import { handle } from '@/server/http/handle';
import { getFleets, postFleet } from '@/server/http/routes/tenancy';

export const GET = handle(getFleets);
export const POST = handle(postFleet);
