import { methods } from '@/server/http/methods';
import { postPreview } from '@/server/http/routes/reviews';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([postPreview]);
