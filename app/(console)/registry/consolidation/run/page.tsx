import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import type { SearchParams } from 'nuqs/server';
import { PlanPage } from '@/components/registry/plan-page';
import { loadPlanSearch } from '@/components/registry/registry-search';
import { requireSession } from '@/server/console/session';

export const metadata: Metadata = { title: 'Consolidate' };

export default async function PlanRoute({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await requireSession('/registry/consolidation');
  const { table, fleet } = await loadPlanSearch(searchParams);
  if (table === '') notFound();
  return <PlanPage key={`${fleet} ${table}`} />;
}
