/**
 * What a test is given. Everything is made for it and taken away after it, so that tests can run in any order, side
 * by side, and twice. A page that throws, or that the server fails, fails its test whatever the test looked at.
 */
import { expect, test as base, type Browser, type BrowserContext, type Page } from '@playwright/test';
import postgres, { type Sql } from 'postgres';
import { Device } from './device';
import { noteActions } from './done-actions';
import type { Installation } from './installation';
import { endRawDevices } from './mqtt';
import { Place, type Person } from './place';
import { sharedInstallation } from './shared';
import { onTheWire, type WireDevice } from './wire';

export { expect } from '@playwright/test';

interface World {
  /** The database that the installation runs on, for looking into. */
  sql: Sql;
  place: Place;
  /** Registers a device and gives it a folder; its agent is not started. */
  newDevice: (name?: string) => Promise<Device>;
  /** Registers a device, in the place's fleet unless another is named, that a test sends batches for. */
  newWire: (name: string, fleetId?: string) => Promise<WireDevice>;
  /** A page of a browser of its own, signed in. */
  pageOf: (person: Person, options?: PageOptions) => Promise<Page>;
  /** A page of a browser of its own in which nobody is signed in. */
  newPage: (options?: PageOptions) => Promise<Page>;
}

interface Shared {
  installation: Installation;
  sharedSql: Sql;
}

export interface PageOptions {
  /** Another way to the installation. */
  baseURL?: string;
  colorScheme?: 'light' | 'dark';
  viewport?: { width: number; height: number };
}

/** Signs `person` in over HTTP, as the form does. */
export async function signIn(
  context: BrowserContext,
  url: string,
  person: Pick<Person, 'email' | 'password'>,
) {
  const csrf = (await (await context.request.get(`${url}/api/auth/csrf`)).json()) as { csrfToken: string };
  const answer = await context.request.post(`${url}/api/auth/callback/credentials`, {
    form: { csrfToken: csrf.csrfToken, email: person.email, password: person.password, json: 'true' },
  });
  expect(answer.ok(), `signing ${person.email} in`).toBe(true);
}

/** In the page: says what its policy has kept it from, which the browser's own words do not always. */
function tellOfBlocked(): void {
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
    console.error(`the policy has blocked ${blockedURI} (${violatedDirective})`),
  );
}

/** Notes every fault that a page meets. */
function watch(context: BrowserContext, faults: string[]): void {
  context.on('weberror', (error) => faults.push(`the page threw: ${error.error().message}`));
  context.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      faults.push(`the console says: ${message.text()}`);
  });
  context.on('response', (response) => {
    if (response.status() >= 500) faults.push(`${response.url()} answered ${response.status()}`);
  });
}

async function openContext(browser: Browser, url: string, options: PageOptions, faults: string[]) {
  const context = await browser.newContext({ baseURL: url, ...options });
  await context.addInitScript(tellOfBlocked);
  watch(context, faults);
  return context;
}

export const test = base.extend<World, Shared>({
  installation: [
    async ({}, provide) => {
      await provide(sharedInstallation());
    },
    { scope: 'worker' },
  ],
  sharedSql: [
    async ({ installation }, provide) => {
      const sql = postgres(installation.databaseUrl, { max: 4, onnotice: () => undefined });
      await provide(sql);
      await sql.end();
    },
    { scope: 'worker' },
  ],
  sql: async ({ sharedSql }, provide) => {
    await provide(sharedSql);
  },
  place: async ({ sharedSql, installation }, provide) => {
    await provide(await Place.make(sharedSql, installation));
  },
  newDevice: async ({ place }, provide, info) => {
    const devices: Device[] = [];
    await provide(async (name = 'pump-01') => {
      const device = new Device(await place.register(name));
      devices.push(device);
      return device;
    });
    await endRawDevices();
    for (const device of devices) {
      await device.remove();
      if (info.status !== info.expectedStatus)
        await info.attach(`agent of ${device.name}`, { body: device.agentLog, contentType: 'text/plain' });
    }
  },
  newWire: async ({ place }, provide) => {
    await provide(async (name, fleetId) => onTheWire(await place.register(name, fleetId)));
    await endRawDevices();
  },
  newPage: async ({ browser, installation }, provide, info) => {
    const faults: string[] = [];
    const contexts: BrowserContext[] = [];
    await provide(async (options = {}) => {
      const context = await openContext(browser, installation.url, options, faults);
      contexts.push(context);
      await noteActions(context, info);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
    expect(faults, 'faults that the pages met').toEqual([]);
  },
  pageOf: async ({ newPage, installation }, provide) => {
    await provide(async (person, options) => {
      const page = await newPage(options);
      await signIn(page.context(), installation.url, person);
      return page;
    });
  },
});
