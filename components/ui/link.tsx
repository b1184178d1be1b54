// Next fetches what every link in sight leads to, unless it is told not to: a list of fifty devices asked the server for
// 150 pages that nobody opened, ahead of the one that somebody did. What comes ahead is chosen: `ahead`.
import NextLink from 'next/link';
import type { ComponentProps } from 'react';

/** A link to a page of the console. */
export const Link = (props: Omit<ComponentProps<typeof NextLink>, 'prefetch'>) => (
  <NextLink {...props} prefetch={false} />
);
