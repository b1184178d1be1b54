import { handle } from '@/server/http/handle';
import { projectRegistry } from '@/server/http/routes/registry';

export const GET = handle(projectRegistry.getConsolidation);
