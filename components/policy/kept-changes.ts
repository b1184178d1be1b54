'use client';
// Changes of a policy that were not saved, kept in this browser's tab: a look at another page or at another policy does
// not take them along.
import { useEffect, useState } from 'react';
import type { Policy } from '@/server/contract/fleet';
import { useInBrowser } from '@/components/ui/now';
import { stillChanging, type Changes } from './changes';

const NOTHING: Changes = {};

function read(name: string): Changes {
  if (typeof window === 'undefined') return NOTHING;
  const text = window.sessionStorage.getItem(name);
  if (text === null) return NOTHING;
  try {
    // Written below, and by nobody else.
    return JSON.parse(text) as Changes;
  } catch {
    return NOTHING;
  }
}

function write(name: string, changes: Changes): void {
  if (Object.keys(changes).length === 0) window.sessionStorage.removeItem(name);
  else window.sessionStorage.setItem(name, JSON.stringify(changes));
}

/** The changes of the policy of a project or, where `fleetId` is not empty, of one of its fleets. */
export function useKeptChanges(projectId: string, fleetId: string, policy: Policy) {
  const name = `tidegate.kept-policy.${projectId}.${fleetId}`;
  const [changes, setChanges] = useState(() => stillChanging(read(name), policy));
  // The server cannot know them: they are shown once the page lives.
  const inBrowser = useInBrowser();
  useEffect(() => write(name, changes), [name, changes]);
  return [inBrowser ? changes : NOTHING, setChanges] as const;
}
