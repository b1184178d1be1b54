'use client';
import { useQuery } from '@tanstack/react-query';
import type { Fleet } from '@/server/contract/fleet';
import { pageQuery } from '@/components/shell/live';
import { pollMs } from '@/components/shell/poll-rate';
import { useSession } from '@/components/shell/session';
import { useStreamUp } from '@/components/shell/stream-state';
import { useDrawn } from '@/components/ui/use-drawn';
import { FLEETS_PATH, fleetsParams } from './queries';

/**
 * The fleets of the project by name, to choose one: what the page has read, else read once it is drawn. They are polled
 * only where no events come: those tell of all that a choice shows of them.
 */
export function useFleets(): readonly Fleet[] {
  const { project } = useSession();
  const isStreamUp = useStreamUp();
  const isDrawn = useDrawn();
  const { data } = useQuery({
    ...pageQuery<Fleet>(project.id, FLEETS_PATH, fleetsParams),
    staleTime: Infinity,
    enabled: isDrawn,
    refetchInterval: isStreamUp ? false : ({ state: { data } }) => pollMs(isStreamUp, data),
  });
  return data?.items ?? [];
}
