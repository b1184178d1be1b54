import { handle } from '@/server/http/handle';
import { postOwnPassword } from '@/server/http/routes/members';

export const POST = handle(postOwnPassword);
