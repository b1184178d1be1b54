import { methods } from '@/server/http/methods';
import { postAmend } from '@/server/http/routes/reviews';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([postAmend]);
