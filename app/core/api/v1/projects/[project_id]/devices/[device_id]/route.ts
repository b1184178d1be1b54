import { handle } from '@/server/http/handle';
import { getProjectDevice } from '@/server/http/routes/devices';

export const GET = handle(getProjectDevice);
