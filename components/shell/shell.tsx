'use client';
// The frame of every signed-in page: rail, bar, banners, palette, keys.
import { useQueryClient } from '@tanstack/react-query';
import { useMantineColorScheme } from '@mantine/core';
import { useCallback, useState, type ReactNode } from 'react';
import type { Overview } from '@/server/contract/fleet';
import { OVERVIEW_PATH } from '@/components/overview/queries';
import { useKeyListener, useKeys } from '@/components/ui/keys';
import { goBackInConsole, useTrail } from '@/components/ui/trail';
import { Banners } from './banners';
import { HelpOverlay } from './help-overlay';
import { useLiveObject } from './live';
import { PaletteDoor } from './palette-door';
import { Rail } from './rail';
import { useSession } from './session';
import classes from './shell.module.css';
import { toastNotNow, toasts } from './toast';
import { TopBar } from './top-bar';
import { useLiveEvents } from './use-live-events';

function useGlobalKeys(onHelp: () => void): void {
  const client = useQueryClient();
  const { setColorScheme } = useMantineColorScheme();
  useKeys([
    { keys: ['?'], label: 'List the keys', group: 'Everywhere', run: onHelp },
    { keys: ['Escape'], label: 'Go back', group: 'Everywhere', movement: true, run: goBackInConsole },
    {
      keys: ['r'],
      label: 'Refresh',
      group: 'Everywhere',
      run: () => void client.invalidateQueries({ refetchType: 'active' }),
    },
    { keys: [], label: 'Light theme', group: 'Everywhere', run: () => setColorScheme('light') },
    { keys: [], label: 'Dark theme', group: 'Everywhere', run: () => setColorScheme('dark') },
    { keys: [], label: 'Theme of the system', group: 'Everywhere', run: () => setColorScheme('auto') },
  ]);
  useKeyListener(toastNotNow);
}

export function Shell({ children }: { children: ReactNode }) {
  const [help, setHelp] = useState(false);
  const [paletteAsked, setPaletteAsked] = useState(0);
  const askForPalette = useCallback(() => setPaletteAsked((asked) => asked + 1), []);
  const { project, user } = useSession();
  useLiveEvents(project.id, user.id);
  const { data: overview } = useLiveObject<Overview>(project.id, OVERVIEW_PATH);
  useGlobalKeys(() => setHelp(true));
  useTrail();
  return (
    <div className={classes.shell}>
      <a href="#main" className={classes.skip}>
        Skip to content
      </a>
      <Rail overview={overview} />
      <div className={classes.column}>
        <div className={classes.head}>
          <TopBar onHelp={() => setHelp(true)} onPalette={askForPalette} />
          <Banners overview={overview} />
        </div>
        <main id="main" tabIndex={-1} className={classes.main}>
          {children}
        </main>
      </div>
      <toasts.Drawn />
      <PaletteDoor asked={paletteAsked} onAsk={askForPalette} onCancel={() => setPaletteAsked(0)} />
      <HelpOverlay opened={help} onClose={() => setHelp(false)} />
    </div>
  );
}
