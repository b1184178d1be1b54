'use client';
// Where not even the frame around a page could be made. What it says comes when it has to be said: each page would
// otherwise load it.
import { lazy, Suspense } from 'react';
import type { PageFaultProps } from '@/components/shell/page-fault';
import { Logo } from '@/components/ui/logo';
import classes from './frameless.module.css';

const PageFault = lazy(() =>
  import('@/components/shell/page-fault').then((part) => ({ default: part.PageFault })),
);

export default function ErrorPage(props: PageFaultProps) {
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <Logo />
        <Suspense>
          <PageFault {...props} />
        </Suspense>
      </div>
    </main>
  );
}
