import { methods } from '@/server/http/methods';
import { getProjects, postProject } from '@/server/http/routes/tenancy';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([getProjects, postProject]);
