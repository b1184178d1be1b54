import { handle } from '@/server/http/handle';
import { fleetRegistry } from '@/server/http/routes/registry';

export const GET = handle(fleetRegistry.getConsolidation);
