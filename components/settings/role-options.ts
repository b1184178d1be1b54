import { ROLES, type Role } from '@/server/contract/roles';

const MEANS: Record<Role, string> = {
  viewer: 'sees everything but row contents; changes nothing',
  operator: 'reads rows, decides reviews, runs devices',
  admin: 'like operator, and members, tokens of others, projects',
  owner: 'like admin, and makes other owners',
};

/** The roles, each with what it may do, as a select lists them. */
export const ROLE_OPTIONS = ROLES.map((value) => ({ value, label: `${value}: ${MEANS[value]}` }));
