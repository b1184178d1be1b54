'use client';
// Keeps the page true while it is looked at: what events tell is read again at once, and everything after each
// time that events may have been missed. A hidden page costs nothing and catches up when it is shown.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { SESSION_NEWS } from '@/components/auth/sign';
import { OVERVIEW_PATH } from '@/components/overview/queries';
import { projectPath } from './api';
import { SharedStream } from './shared-stream';
import { StaleQueries } from './stale-queries';
import { setStreamUp } from './stream-state';

/** Follows the events of `projectId` for the person `userId`, shared with the other tabs of the browser. */
export function useLiveEvents(projectId: string, userId: string): void {
  const client = useQueryClient();
  useEffect(() => {
    const stale = new StaleQueries(client, projectId);
    // Whether the server answers at all is for the next read to say, not for the stream.
    const probe = () => void client.invalidateQueries({ queryKey: [projectId, OVERVIEW_PATH] });
    const stream = new SharedStream({
      name: `tidegate-events:${userId}:${projectId}`,
      url: projectPath(projectId, 'events/stream'),
      onEvent: (event) => stale.add(event),
      onState: (state) => {
        setStreamUp(state === 'up');
        if (state === 'up') stale.addAll();
        else probe();
      },
    });
    const follow = () => {
      if (document.visibilityState === 'visible') stream.start();
      else {
        stream.stop();
        setStreamUp(false);
      }
    };
    const hearSession = ({ key }: StorageEvent) => {
      if (key === SESSION_NEWS) probe();
    };
    follow();
    window.addEventListener('storage', hearSession);
    document.addEventListener('visibilitychange', follow);
    window.addEventListener('offline', probe);
    window.addEventListener('online', probe);
    return () => {
      window.removeEventListener('storage', hearSession);
      document.removeEventListener('visibilitychange', follow);
      window.removeEventListener('offline', probe);
      window.removeEventListener('online', probe);
      stream.stop();
      setStreamUp(false);
    };
  }, [client, projectId, userId]);
}
