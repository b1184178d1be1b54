// Every route there is. OpenAPI is written from this list, and a test fails when a handler is not in it.
import type { Route } from './contract';
import * as dataPoints from './routes/data-points';
import * as devices from './routes/devices';
import * as lineages from './routes/lineages';
import * as records from './routes/records';
import * as reviews from './routes/reviews';
import * as tenancy from './routes/tenancy';

export const CATALOGUE: readonly Route[] = [tenancy, devices, dataPoints, lineages, reviews, records].flatMap(
  (group) => Object.values(group),
);
