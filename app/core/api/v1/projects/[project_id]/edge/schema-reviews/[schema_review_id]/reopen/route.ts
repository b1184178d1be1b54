import { methods } from '@/server/http/methods';
import { postReopen } from '@/server/http/routes/reviews';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([postReopen]);
