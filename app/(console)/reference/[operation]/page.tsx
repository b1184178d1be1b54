import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { OperationView } from '@/components/reference/operation-view';
import { operationPage } from '@/server/http/api-reference';

interface Props {
  params: Promise<{ operation: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: operationPage((await params).operation)?.summary ?? 'API reference' };
}

export default async function OperationRoute({ params }: Props) {
  const operation = operationPage((await params).operation);
  if (operation === null) notFound();
  return <OperationView operation={operation} />;
}
