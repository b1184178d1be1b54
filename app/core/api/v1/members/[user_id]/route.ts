import { handle } from '@/server/http/handle';
import { deleteMember, patchMember } from '@/server/http/routes/members';

export const PATCH = handle(patchMember);
export const DELETE = handle(deleteMember);
