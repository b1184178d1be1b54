import { methods } from '@/server/http/methods';
import { getMembers, postMember } from '@/server/http/routes/members';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([getMembers, postMember]);
