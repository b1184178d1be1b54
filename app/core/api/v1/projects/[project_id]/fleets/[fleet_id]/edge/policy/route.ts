import { handle } from '@/server/http/handle';
import { getFleetPolicy, patchFleetPolicy } from '@/server/http/routes/records';

export const GET = handle(getFleetPolicy);
export const PATCH = handle(patchFleetPolicy);
