import { handle } from '@/server/http/handle';
import { getFailures } from '@/server/http/routes/lineages';

export const GET = handle(getFailures);
