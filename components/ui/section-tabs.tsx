'use client';
// The parts of an area, as places of their own: each can be linked to, and the palette has them too.
import { usePathname, useRouter } from 'next/navigation';
import { useKeys } from './keys';
import { Link } from './link';
import classes from './section-tabs.module.css';

interface Props {
  /** The area: `Registry`. */
  label: string;
  tabs: readonly { href: string; label: string }[];
}

/** Links to the parts of `label`. */
export function SectionTabs({ label: area, tabs }: Props) {
  const at = usePathname();
  const router = useRouter();
  useKeys(
    tabs.map(({ href, label }) => ({
      keys: [],
      label: `${area}: ${label.toLowerCase()}`,
      group: area,
      run: () => router.push(href),
    })),
  );
  return (
    <nav className={classes.tabs} aria-label={area}>
      {tabs.map(({ href, label }) => (
        <Link key={href} href={href} className={classes.tab} aria-current={at === href ? 'page' : undefined}>
          {label}
        </Link>
      ))}
    </nav>
  );
}
