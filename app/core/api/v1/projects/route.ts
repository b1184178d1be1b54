import { handle } from '@/server/http/handle';
import { getProjects, postProject } from '@/server/http/routes/tenancy';

export const GET = handle(getProjects);
export const POST = handle(postProject);
