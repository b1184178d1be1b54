import { methods } from '@/server/http/methods';
import { getSavedViews, postSavedView } from '@/server/http/routes/saved-views';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([getSavedViews, postSavedView]);
