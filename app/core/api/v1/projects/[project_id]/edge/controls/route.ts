import { handle } from '@/server/http/handle';
import { getControls } from '@/server/http/routes/records';

export const GET = handle(getControls);
