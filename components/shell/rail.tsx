'use client';
// The way to every page, with the numbers that call for a person.
import { usePathname } from 'next/navigation';
import { useEffect, useRef } from 'react';
import type { Overview } from '@/server/contract/fleet';
import { formatCount } from '@/components/ui/format';
import { Link } from '@/components/ui/link';
import { Logo } from '@/components/ui/logo';
import { isAt, PLACES, type Place } from './navigation';
import classes from './rail.module.css';

const SAYS = {
  reviews_waiting: 'waiting',
  lineages_paused: 'paused',
  rejected_batches_24h: 'in 24 hours',
} as const;

function PlaceLink({ place, isHere, count }: { place: Place; isHere: boolean; count: number }) {
  return (
    <Link
      href={place.href}
      className={classes.place}
      title={place.label}
      aria-current={isHere ? 'page' : undefined}
    >
      <place.icon size={16} stroke={1.7} aria-hidden />
      <span className={classes.label}>{place.label}</span>
      {place.count === undefined || count === 0 ? null : (
        <span className={classes.count} data-calls={place.count === 'reviews_waiting' || undefined}>
          {formatCount(count)}
          <span className={classes.says}> {SAYS[place.count]}</span>
        </span>
      )}
    </Link>
  );
}

/** Brings the place where one is into sight, on a phone, where the rail is a line wider than the screen. The page stays. */
function useHereInSight(pathname: string) {
  const rail = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const line = rail.current?.getBoundingClientRect();
    const here = rail.current?.querySelector('[aria-current]')?.getBoundingClientRect();
    if (line === undefined || here === undefined) return;
    if (here.left < line.left || here.right > line.right)
      rail.current?.scrollBy({ left: here.left - line.left - (line.width - here.width) / 2 });
  }, [pathname]);
  return rail;
}

/** The left rail. Counts appear once they are known and when they are not zero. */
export function Rail({ overview }: { overview: Overview | undefined }) {
  const pathname = usePathname();
  const kept = useHereInSight(pathname);
  return (
    <nav aria-label="Main" className={classes.rail}>
      <div ref={kept} className={classes.kept}>
        <Link href="/" className={classes.brand} aria-label="Tidegate, overview">
          <Logo />
          <span className={classes.label}>Tidegate</span>
        </Link>
        <div className={classes.nav}>
          {PLACES.map((place) => (
            <PlaceLink
              key={place.href}
              place={place}
              isHere={isAt(place, pathname)}
              count={place.count === undefined ? 0 : (overview?.[place.count] ?? 0)}
            />
          ))}
        </div>
      </div>
    </nav>
  );
}
