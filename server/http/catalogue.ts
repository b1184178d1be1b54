// Every route there is, under the name that its operation has in OpenAPI. The description is written from this
// list, and a test fails when a handler is not in it.
import type { Route } from './contract';
import * as activity from './routes/activity';
import * as bulk from './routes/bulk';
import * as dataPoints from './routes/data-points';
import * as devices from './routes/devices';
import * as events from './routes/events';
import * as lineages from './routes/lineages';
import * as members from './routes/members';
import * as policyEffect from './routes/policy-effect';
import * as records from './routes/records';
import { fleetRegistry, projectRegistry } from './routes/registry';
import * as reviews from './routes/reviews';
import * as savedViews from './routes/saved-views';
import * as rows from './routes/rows';
import * as settings from './routes/settings';
import * as tenancy from './routes/tenancy';
import * as webhooks from './routes/webhooks';

/** A group whose operations have the names of others': `getReviews` becomes `getRegistryReviews`. */
const named = (what: string, group: Record<string, Route>): Record<string, Route> =>
  Object.fromEntries(
    Object.entries(group).map(([name, route]) => [
      name.replace(/^[a-z]+/, (verb) => `${verb}${what}`),
      route,
    ]),
  );

const GROUPS: readonly Record<string, Route>[] = [
  tenancy,
  devices,
  dataPoints,
  lineages,
  rows,
  reviews,
  bulk,
  savedViews,
  records,
  policyEffect,
  events,
  members,
  activity,
  webhooks,
  settings,
  named('Registry', projectRegistry),
  named('FleetRegistry', fleetRegistry),
];

/** Each route with its operation's name. */
export const OPERATIONS: readonly (readonly [name: string, route: Route])[] = GROUPS.flatMap((group) =>
  Object.entries(group),
);

export const CATALOGUE: readonly Route[] = OPERATIONS.map(([, route]) => route);
