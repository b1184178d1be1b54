import { methods } from '@/server/http/methods';
import { postRunFailed } from '@/server/http/routes/bulk';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([postRunFailed]);
