import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { ReferenceFrame } from '@/components/reference/reference-frame';
import { referenceGroups, referenceShapes } from '@/server/http/api-reference';

export const metadata: Metadata = { title: 'API reference' };

export default function ReferenceLayout({ children }: { children: ReactNode }) {
  return (
    <ReferenceFrame groups={referenceGroups()} shapes={referenceShapes()}>
      {children}
    </ReferenceFrame>
  );
}
