// Next fetches what every link in sight leads to, unless it is told not to: a list of fifty devices asked the server for
// 150 pages that nobody opened, ahead of the one that somebody did.
import NextLink from 'next/link';
import type { ComponentProps } from 'react';

type Props = Omit<ComponentProps<typeof NextLink>, 'prefetch'> & {
  /** While it is true the page behind it is fetched, if the browser does not have it yet. */
  ahead?: boolean;
};

/** A link to a page of the console. */
export const Link = ({ ahead = false, ...props }: Props) => <NextLink {...props} prefetch={ahead} />;
