import { handle } from '@/server/http/handle';
import { getLineages } from '@/server/http/routes/lineages';

export const GET = handle(getLineages);
