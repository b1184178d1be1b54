import { handle } from '@/server/http/handle';
import { postMemberPassword } from '@/server/http/routes/members';

export const POST = handle(postMemberPassword);
