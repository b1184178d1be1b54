import { handle } from '@/server/http/handle';
import { projectRegistry } from '@/server/http/routes/registry';

export const POST = handle(projectRegistry.postDropOldMirrors);
