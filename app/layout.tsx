import { ColorSchemeScript, mantineHtmlProps } from '@mantine/core';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import { GeistMono } from 'geist/font/mono';
import { GeistSans } from 'geist/font/sans';
import type { Metadata } from 'next';
import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { Providers } from '@/components/shell/providers';
import '@/components/ui/tokens.css';

export const metadata: Metadata = {
  title: { template: '%s · Tidegate', default: 'Tidegate' },
  description: 'Governed replication of SQLite tables from edge devices into Postgres.',
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get('x-nonce');
  return (
    <html lang="en" {...mantineHtmlProps} className={`${GeistSans.variable} ${GeistMono.variable}`}>
      <head>
        <ColorSchemeScript defaultColorScheme="auto" {...(nonce === null ? {} : { nonce })} />
      </head>
      <body>
        <Providers>{children}</Providers>
      </body>
    </html>
  );
}
