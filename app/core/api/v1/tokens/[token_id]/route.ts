import { handle } from '@/server/http/handle';
import { deleteToken } from '@/server/http/routes/tenancy';

export const DELETE = handle(deleteToken);
