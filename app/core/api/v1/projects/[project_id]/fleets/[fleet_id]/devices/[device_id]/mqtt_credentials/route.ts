import { handle } from '@/server/http/handle';
import { postMqttCredentials } from '@/server/http/routes/devices';

export const POST = handle(postMqttCredentials);
