import { handle } from '@/server/http/handle';
import { getMirrorRows } from '@/server/http/routes/lineages';

export const GET = handle(getMirrorRows);
