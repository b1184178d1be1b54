// Next fetches what every link in sight leads to, unless it is told not to: a list of fifty devices asked the server for
// 150 pages that nobody opened, ahead of the one that somebody did.
import NextLink from 'next/link';
import type { ComponentProps } from 'react';

type Props = Omit<ComponentProps<typeof NextLink>, 'prefetch'> & {
  /** For the few that are always in sight: the frame of the page behind it is fetched before it is followed. */
  ahead?: boolean;
};

/** A link to a page of the console. */
export function Link({ ahead = false, ...props }: Props) {
  return <NextLink {...props} prefetch={ahead ? 'auto' : false} />;
}
