/**
 * Every page with something on it: what each check that concerns all pages goes over. A page that is in `app/` and not
 * here fails them.
 */
import type { ConsolidateResult } from '@/server/contract/registry';
import { expect } from '@playwright/test';
import { openReviewOf, replayed } from './conditions';
import type { Device } from './device';
import { connectAs } from './mqtt';
import type { Place } from './place';
import { approveShared, openRegistryReviewOf, setMode } from './registry';
import { unvisited } from './routes';

export interface Target {
  path: string;
  /** What is there once the page has its data. */
  shows: string | RegExp;
}

/** The page before all others. */
export const SIGN_IN: Target = { path: '/sign-in', shows: 'Sign in to Tidegate' };

/** A device whose tables are in every state, and one that sends garbage. */
async function fill(place: Place, newDevice: (name?: string) => Promise<Device>): Promise<void> {
  const device = await newDevice();
  device.sql(`create table decided (id integer primary key, v text); insert into decided values (1, 'x');
              create table waiting (id integer primary key, v text); insert into waiting values (1, 'x');`);
  device.startAgent();
  for (const table of ['decided', 'waiting']) await openReviewOf(place, table);
  await setMode(place, 'project');
  device.sql(`create table together (id integer primary key, v text); insert into together values (1, 'x');
              create table shared (id integer primary key, v text); insert into shared values (1, 'x');`);
  const other = await newDevice('meter-01');
  await (await connectAs(other.registered.mqtt)).publish('rows/batch', 'garbage');
}

/** The registry's pages: a table that waits there, one that is decided, and one that is consolidated into it. */
async function registryPages(place: Place): Promise<Target[]> {
  const waiting = await openRegistryReviewOf(place, 'together', 1);
  const approved = await openRegistryReviewOf(place, 'shared', 1);
  await approveShared(place, approved.id);
  const [mirror] = await place.data<{ id: string }[]>('GET', 'edge/coalesced-mirrors');
  const { job } = await place.data<ConsolidateResult>('POST', 'edge/coalesced-mirrors/decided/consolidate', {
    dry_run: false,
  });
  return [
    { path: '/registry', shows: 'together' },
    { path: '/registry/entries', shows: 'together' },
    { path: `/registry/${approved.registry_id}`, shows: 'Decision in force' },
    { path: `/reviews/registry/${waiting.id}`, shows: 'Whom it concerns' },
    { path: '/registry/mirrors', shows: 'shared' },
    { path: `/registry/mirrors/${mirror?.id ?? ''}`, shows: 'Since version' },
    { path: `/registry/mirrors/${mirror?.id ?? ''}/rows`, shows: 'Device' },
    { path: '/registry/consolidation', shows: 'decided' },
    { path: '/registry/consolidation/run?table=shared', shows: 'cannot be consolidated' },
    { path: `/registry/consolidation/${job?.id ?? ''}`, shows: 'Progress' },
  ];
}

async function settingsPages(place: Place): Promise<Target[]> {
  const webhook = await place.data<{ id: string }>('POST', 'webhooks', {
    name: 'Night shift',
    url: 'http://127.0.0.1:9/none',
    kinds: ['review_waits'],
  });
  return [
    { path: '/policy', shows: 'Project Plant' },
    { path: '/settings', shows: 'Your account' },
    { path: `/settings/webhooks/${webhook.id}`, shows: 'Night shift' },
    { path: '/reference', shows: 'API reference' },
    { path: '/reference/getLineages', shows: 'The lineages of a project' },
    { path: '/reference/shapes/Lineage', shows: 'staged_row_count' },
    { path: '/nowhere', shows: 'no such page' },
  ];
}

/** Brings a place into every state: an open review, a decided one, staged and written rows, a rejected batch. */
export async function everyPage(
  place: Place,
  newDevice: (name?: string) => Promise<Device>,
): Promise<Target[]> {
  await fill(place, newDevice);
  const decided = await openReviewOf(place, 'decided');
  await place.approve(decided.id);
  await replayed(place, decided.lineage_id);
  const open = await openReviewOf(place, 'waiting');
  const bulk = await place.data<{ id: string }>('POST', 'edge/bulk-jobs', {
    action: 'approve',
    filter: { status: 'open' },
  });
  await expect.poll(async () => (await place.data<unknown[]>('GET', 'edge/rejected-batches')).length).toBe(1);
  const [rejected] = await place.data<{ id: string }[]>('GET', 'edge/rejected-batches');
  const where = encodeURIComponent(JSON.stringify([{ column: 'id', op: 'not_null' }]));
  const key = encodeURIComponent(JSON.stringify(['1']));
  const targets: Target[] = [
    { path: '/', shows: 'waiting' },
    { path: '/reviews', shows: 'waiting' },
    { path: `/reviews/${open.id}`, shows: 'Set all to…' },
    { path: `/reviews/${decided.id}`, shows: 'Replayed' },
    { path: `/bulk/${bulk.id}`, shows: 'would land' },
    { path: '/bulk', shows: 'Not started' },
    { path: '/lineages', shows: 'waiting' },
    { path: `/lineages/${open.lineage_id}`, shows: 'Paused for' },
    { path: `/lineages/${decided.lineage_id}`, shows: 'Not paused' },
    { path: `/lineages/${open.lineage_id}/rows?source=staged`, shows: 'Commit seq' },
    { path: `/lineages/${open.lineage_id}/rows?source=staged&where=${where}`, shows: 'id is not NULL' },
    { path: `/lineages/${decided.lineage_id}/rows?source=mirror`, shows: 'Written' },
    { path: `/lineages/${decided.lineage_id}/rows?source=mirror&row=${key}`, shows: 'Way of this key' },
    { path: `/lineages/${decided.lineage_id}/rows?source=mirror&key=${key}`, shows: 'Way of this key' },
    { path: '/devices', shows: 'pump-01' },
    { path: '/devices/fleets', shows: 'Pumps' },
    { path: `/devices/${open.device_id}`, shows: 'waiting' },
    { path: '/rejected', shows: 'invalid_json' },
    { path: `/rejected/${rejected?.id ?? ''}`, shows: 'What it means' },
    { path: '/events', shows: /approved/ },
    ...(await registryPages(place)),
    ...(await settingsPages(place)),
  ];
  expect(unvisited([SIGN_IN, ...targets].map(({ path }) => path)), 'pages that no check goes to').toEqual([]);
  return targets;
}
