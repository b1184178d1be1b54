'use client';
// What every page needs around it, once: theme, queries, URL state.
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import { useState, type ReactNode } from 'react';
import { cssVariablesResolver, theme } from '@/components/ui/theme';
import { FRESH_MS } from './received';

const newClient = (): QueryClient =>
  new QueryClient({
    // The poll itself is the retry. It goes on offline too: only a request that fails says since when.
    defaultOptions: { queries: { staleTime: FRESH_MS, retry: false, networkMode: 'always' } },
  });

export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(newClient);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto">
      <QueryClientProvider client={client}>
        <NuqsAdapter>{children}</NuqsAdapter>
      </QueryClientProvider>
    </MantineProvider>
  );
}
