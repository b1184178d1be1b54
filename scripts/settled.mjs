// Opens a page and waits until it is quiet. Playwright's own `networkidle` never comes: the stream of events stays open.
const LIVE = /\/events\/stream/;
const QUIET_MS = 400;
const LOOK_MS = 50;

/** Opens `path`; resolves once it has a heading and asks for nothing more, but for the stream of events. */
export async function openSettled(page, path) {
  const pending = new Set();
  let changedAt = performance.now();
  const begin = (request) => {
    changedAt = performance.now();
    if (!LIVE.test(request.url())) pending.add(request);
  };
  const end = (request) => {
    changedAt = performance.now();
    pending.delete(request);
  };
  page.on('request', begin).on('requestfinished', end).on('requestfailed', end);
  try {
    await page.goto(path);
    await page.locator('h1, main p').first().waitFor();
    while (pending.size > 0 || performance.now() - changedAt < QUIET_MS)
      await new Promise((wait) => setTimeout(wait, LOOK_MS));
  } finally {
    page.off('request', begin).off('requestfinished', end).off('requestfailed', end);
  }
}
