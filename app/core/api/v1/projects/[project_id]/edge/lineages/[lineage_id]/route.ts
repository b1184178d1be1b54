import { handle } from '@/server/http/handle';
import { getLineage, deleteLineage } from '@/server/http/routes/lineages';

export const GET = handle(getLineage);
export const DELETE = handle(deleteLineage);
