import { methods } from '@/server/http/methods';
import { postMqttCredentials } from '@/server/http/routes/devices';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([postMqttCredentials]);
