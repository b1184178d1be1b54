// The places of the console, for the rail and the palette alike.
import {
  IconActivity,
  IconApi,
  IconCpu,
  IconGitPullRequest,
  IconInbox,
  IconLayoutDashboard,
  IconRoute,
  IconScale,
  IconSitemap,
  IconSettings,
  type Icon,
} from '@tabler/icons-react';

export interface Place {
  href: string;
  label: string;
  icon: Icon;
  /** Which number of the overview stands beside it. */
  count?: 'reviews_waiting' | 'lineages_paused' | 'rejected_batches_24h';
}

export const PLACES: readonly Place[] = [
  { href: '/', label: 'Overview', icon: IconLayoutDashboard },
  { href: '/reviews', label: 'Reviews', icon: IconGitPullRequest, count: 'reviews_waiting' },
  { href: '/lineages', label: 'Lineages', icon: IconRoute, count: 'lineages_paused' },
  { href: '/registry', label: 'Registry', icon: IconSitemap },
  { href: '/devices', label: 'Devices', icon: IconCpu },
  { href: '/rejected', label: 'Rejected batches', icon: IconInbox, count: 'rejected_batches_24h' },
  { href: '/events', label: 'Events', icon: IconActivity },
  { href: '/policy', label: 'Policy', icon: IconScale },
  { href: '/settings', label: 'Settings', icon: IconSettings },
  { href: '/reference', label: 'API reference', icon: IconApi },
];

/** True where `pathname` is the place or below it. */
export const isAt = (place: Place, pathname: string): boolean =>
  place.href === '/' ? pathname === '/' : pathname === place.href || pathname.startsWith(`${place.href}/`);
