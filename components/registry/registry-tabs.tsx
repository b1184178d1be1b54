'use client';
import { SectionTabs } from '@/components/ui/section-tabs';

const TABS = [
  { href: '/registry', label: 'Tables' },
  { href: '/registry/entries', label: 'Versions' },
  { href: '/registry/mirrors', label: 'Shared mirrors' },
  { href: '/registry/consolidation', label: 'Consolidation' },
] as const;

/** Links to the lists of the registry. */
export const RegistryTabs = () => <SectionTabs label="Registry" tabs={TABS} />;
