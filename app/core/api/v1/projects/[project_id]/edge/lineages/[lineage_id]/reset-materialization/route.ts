import { handle } from '@/server/http/handle';
import { postResetMaterialization } from '@/server/http/routes/lineages';

export const POST = handle(postResetMaterialization);
