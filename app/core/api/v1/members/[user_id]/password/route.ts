import { methods } from '@/server/http/methods';
import { postMemberPassword } from '@/server/http/routes/members';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([postMemberPassword]);
