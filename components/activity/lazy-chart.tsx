'use client';
// The drawing is fetched after the page: its figures are there without it.
import dynamic from 'next/dynamic';
import type { TimeChartProps } from '@/components/ui/time-chart';
import classes from './activity.module.css';

const Lazy = dynamic(() => import('@/components/ui/time-chart').then(({ TimeChart }) => TimeChart), {
  ssr: false,
  loading: () => <div className={classes.placeholder} />,
});

/** A `TimeChart`, in a place of its size from the start. */
export function LazyChart(props: TimeChartProps) {
  return <Lazy {...props} />;
}
