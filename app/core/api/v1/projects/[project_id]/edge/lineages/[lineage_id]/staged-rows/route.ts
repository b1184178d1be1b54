import { handle } from '@/server/http/handle';
import { getStagedRows } from '@/server/http/routes/lineages';

export const GET = handle(getStagedRows);
