import { methods } from '@/server/http/methods';
import { getMqttConnectionDetails } from '@/server/http/routes/devices';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([getMqttConnectionDetails]);
