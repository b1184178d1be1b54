import { handle } from '@/server/http/handle';
import { getLineage } from '@/server/http/routes/lineages';

export const GET = handle(getLineage);
