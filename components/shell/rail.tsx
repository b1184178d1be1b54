'use client';
// The way to every page, with the numbers that call for a person.
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { Overview } from '@/server/contract/fleet';
import { formatCount } from '@/components/ui/format';
import { Logo } from '@/components/ui/logo';
import { isAt, PLACES } from './navigation';
import classes from './rail.module.css';

const SAYS = {
  reviews_waiting: 'waiting',
  lineages_paused: 'paused',
  rejected_batches_24h: 'in 24 hours',
} as const;

/** The left rail. Counts appear once they are known and when they are not zero. */
export function Rail({ overview }: { overview: Overview | undefined }) {
  const pathname = usePathname();
  return (
    <nav aria-label="Main" className={classes.rail}>
      <Link href="/" className={classes.brand} aria-label="Tidegate, overview">
        <Logo />
        <span>Tidegate</span>
      </Link>
      <div className={classes.nav}>
        {PLACES.map((place) => {
          const count = place.count === undefined ? 0 : (overview?.[place.count] ?? 0);
          return (
            <Link
              key={place.href}
              href={place.href}
              className={classes.place}
              aria-current={isAt(place, pathname) ? 'page' : undefined}
            >
              <place.icon size={16} stroke={1.7} aria-hidden />
              <span>{place.label}</span>
              {place.count === undefined || count === 0 ? null : (
                <span className={classes.count} data-calls={place.count === 'reviews_waiting' || undefined}>
                  {formatCount(count)}
                  <span className={classes.says}> {SAYS[place.count]}</span>
                </span>
              )}
            </Link>
          );
        })}
      </div>
    </nav>
  );
}
