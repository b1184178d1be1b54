import { handle } from '@/server/http/handle';
import { getProjectDevices } from '@/server/http/routes/devices';

export const GET = handle(getProjectDevices);
