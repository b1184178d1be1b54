import { methods } from '@/server/http/methods';
import { patchSavedView, deleteView } from '@/server/http/routes/saved-views';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([patchSavedView, deleteView]);
