import { handle } from '@/server/http/handle';
import { postDiscardStaged } from '@/server/http/routes/lineages';

export const POST = handle(postDiscardStaged);
