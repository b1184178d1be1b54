import { methods } from '@/server/http/methods';
import { postOwnPassword } from '@/server/http/routes/members';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([postOwnPassword]);
