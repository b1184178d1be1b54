import { methods } from '@/server/http/methods';
import { getMirrorRowsExport } from '@/server/http/routes/rows';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([getMirrorRowsExport]);
