import { methods } from '@/server/http/methods';
import { getFleetPolicyEffect } from '@/server/http/routes/policy-effect';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([getFleetPolicyEffect]);
