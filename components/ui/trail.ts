'use client';
// The way that somebody has taken through the console in this tab, so that Escape leads back along it: to the list with
// its filters and at the row that was left, and never out of the console.
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useCallback, useEffect } from 'react';

const pathOf = (url: string): string => url.split('?')[0] ?? url;

/** The pages from the first to the one in sight, as addresses without their host. Pure. */
export class Trail {
  private pages: readonly string[] = [];
  private isPop = false;
  private isReplaced = false;

  /** The browser goes back or forth by itself, or as it was told to; `arrive` comes after. */
  pop(): void {
    this.isPop = true;
  }

  /** The page in sight gives its place to the one that `arrive` tells of. */
  replace(): void {
    this.isReplaced = true;
  }

  /** `url` is in sight. A page of the same path is the same one, with another filter. */
  arrive(url: string): void {
    const kept = this.keptFor(url);
    this.isPop = false;
    this.isReplaced = false;
    this.pages = [...kept, url];
  }

  /** How many pages back the newest of `path` is; null where the way has not led over it. */
  stepsTo(path: string): number | null {
    const at = this.pages.slice(0, -1).findLastIndex((page) => pathOf(page) === path);
    return at === -1 ? null : this.pages.length - 1 - at;
  }

  /** Where the page in sight is; null before the first. */
  get path(): string | null {
    const top = this.pages.at(-1);
    return top === undefined ? null : pathOf(top);
  }

  /** True where the way began before the page in sight. */
  get leadsBack(): boolean {
    return this.pages.length > 1;
  }

  private keptFor(url: string): readonly string[] {
    const before = this.pages.slice(0, -1);
    if (this.isPop) {
      const at = this.pages.findLastIndex((page) => pathOf(page) === pathOf(url));
      // Forth, or to before this tab was loaded: where that lies on the way is not known.
      return at === -1 ? [] : this.pages.slice(0, at);
    }
    const top = this.pages.at(-1);
    const isSame = top !== undefined && pathOf(top) === pathOf(url);
    return isSame || this.isReplaced ? before : this.pages;
  }
}

const trail = new Trail();
/** The path that was in sight before somebody went back. */
let left: string | null = null;

function notePop(): void {
  trail.pop();
  left = trail.path;
}

function goBack(steps: number): void {
  notePop();
  window.history.go(-steps);
}

/** The browser's own way back. Where the router hears of it before, the page has arrived by now. */
function heardPop(): void {
  if (trail.path !== window.location.pathname) notePop();
}

if (typeof window !== 'undefined') window.addEventListener('popstate', heardPop);

/** Follows the way. Mount once. */
export function useTrail(): void {
  const path = usePathname();
  const search = useSearchParams().toString();
  useEffect(() => trail.arrive(search === '' ? path : `${path}?${search}`), [path, search]);
}

/** Leads to the page at a path: back to it where the way has led over it, else it takes the place of the one in sight. */
export function useBackTo(): (path: string) => void {
  const router = useRouter();
  return useCallback(
    (path) => {
      const steps = trail.stepsTo(path);
      if (steps !== null) return goBack(steps);
      trail.replace();
      left = window.location.pathname;
      router.replace(path);
    },
    [router],
  );
}

/** One page back, where the way has begun before the page in sight. */
export function goBackInConsole(): void {
  if (trail.leadsBack) goBack(1);
}

/** The path of the page that was left to come here, told once; null where nobody has gone back. */
export function takeLeft(): string | null {
  const path = left;
  left = null;
  return path;
}
