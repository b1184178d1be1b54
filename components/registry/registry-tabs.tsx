'use client';
// The parts of the registry, as places of their own: each can be linked to.
import Link from 'next/link';
import { usePathname, useRouter } from 'next/navigation';
import { useKeys } from '@/components/ui/keys';
import classes from './registry-tabs.module.css';

const TABS = [
  { href: '/registry', label: 'Tables' },
  { href: '/registry/entries', label: 'Versions' },
  { href: '/registry/mirrors', label: 'Shared mirrors' },
  { href: '/registry/consolidation', label: 'Consolidation' },
] as const;

/** Links to the lists of the registry; the palette has them too. */
export function RegistryTabs() {
  const at = usePathname();
  const router = useRouter();
  useKeys(
    TABS.map(({ href, label }) => ({
      keys: [],
      label: `Registry: ${label.toLowerCase()}`,
      group: 'Registry',
      run: () => router.push(href),
    })),
  );
  return (
    <nav className={classes.tabs} aria-label="Registry">
      {TABS.map(({ href, label }) => (
        <Link key={href} href={href} className={classes.tab} aria-current={at === href ? 'page' : undefined}>
          {label}
        </Link>
      ))}
    </nav>
  );
}
