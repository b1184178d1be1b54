'use client';
import { useQuery } from '@tanstack/react-query';
import type { Fleet } from '@/server/contract/fleet';
import { pageQuery } from '@/components/shell/live';
import { useSession } from '@/components/shell/session';
import { useDrawn } from '@/components/ui/use-drawn';
import { FLEETS_PATH, fleetsParams } from './queries';

/**
 * The fleets of the project by name, to choose one: what the page has read, else read once it is drawn. They are not
 * polled: events tell of all that a choice shows of them.
 */
export function useFleets(): readonly Fleet[] {
  const { project } = useSession();
  const isDrawn = useDrawn();
  const { data } = useQuery({
    ...pageQuery<Fleet>(project.id, FLEETS_PATH, fleetsParams),
    staleTime: Infinity,
    enabled: isDrawn,
  });
  return data?.items ?? [];
}
