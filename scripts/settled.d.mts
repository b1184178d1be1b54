import type { Page } from '@playwright/test';

/** Opens `path`; resolves once it has a heading and asks for nothing more, but for the stream of events. */
export function openSettled(page: Page, path: string): Promise<void>;
