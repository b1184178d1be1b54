import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ShapeView } from '@/components/reference/shape-view';
import { shapePage } from '@/server/http/api-reference';

interface Props {
  params: Promise<{ shape: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: shapePage((await params).shape)?.name ?? 'API reference' };
}

export default async function ShapeRoute({ params }: Props) {
  const shape = shapePage((await params).shape);
  if (shape === null) notFound();
  return <ShapeView shape={shape} />;
}
