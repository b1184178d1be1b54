import { handle } from '@/server/http/handle';
import { getMembers, postMember } from '@/server/http/routes/members';

export const GET = handle(getMembers);
export const POST = handle(postMember);
