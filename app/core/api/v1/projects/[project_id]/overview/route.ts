import { handle } from '@/server/http/handle';
import { getOverview } from '@/server/http/routes/records';

export const GET = handle(getOverview);
