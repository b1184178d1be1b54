import { handle } from '@/server/http/handle';
import { getFleetDevices, postFleetDevice } from '@/server/http/routes/devices';

export const GET = handle(getFleetDevices);
export const POST = handle(postFleetDevice);
