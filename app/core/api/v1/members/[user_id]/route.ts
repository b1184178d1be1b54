import { methods } from '@/server/http/methods';
import { deleteMember, patchMember } from '@/server/http/routes/members';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([patchMember, deleteMember]);
