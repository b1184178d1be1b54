import { handle } from '@/server/http/handle';
import { getFleetDevice, deleteFleetDevice } from '@/server/http/routes/devices';

export const GET = handle(getFleetDevice);
export const DELETE = handle(deleteFleetDevice);
