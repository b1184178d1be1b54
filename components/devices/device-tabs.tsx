'use client';
import { SectionTabs } from '@/components/ui/section-tabs';

const TABS = [
  { href: '/devices', label: 'Devices' },
  { href: '/devices/fleets', label: 'Fleets' },
] as const;

/** Links to the list of devices and to that of fleets. */
export const DeviceTabs = () => <SectionTabs label="Devices and fleets" tabs={TABS} />;
