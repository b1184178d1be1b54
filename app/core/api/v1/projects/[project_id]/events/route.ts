import { handle } from '@/server/http/handle';
import { getEvents } from '@/server/http/routes/records';

export const GET = handle(getEvents);
