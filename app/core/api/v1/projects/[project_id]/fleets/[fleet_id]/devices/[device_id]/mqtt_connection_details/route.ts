import { handle } from '@/server/http/handle';
import { getMqttConnectionDetails } from '@/server/http/routes/devices';

export const GET = handle(getMqttConnectionDetails);
