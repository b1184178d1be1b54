'use client';
// The command palette: every place, and every action of this page, by name.
import {
  createSpotlight,
  Spotlight,
  type SpotlightActionData,
  type SpotlightActionGroupData,
} from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Kbd } from '@/components/ui/kbd';
import { keysInForce, useRegisteredKeys, type KeyBinding } from '@/components/ui/keys';
import { useSavedViews, viewHref } from '@/components/views/use-saved-views';
import { PLACES } from './navigation';
import { found } from './palette-filter';
import { pageCommands, type PageCommand } from './page-commands';
import classes from './palette.module.css';
import { toastNotNow } from './toast';

/** What an entry does; where it cannot be done now, it says why. */
const doing = ({ run, disabledReason }: Pick<KeyBinding, 'run' | 'disabledReason'>) =>
  disabledReason === undefined
    ? { onClick: run }
    : {
        description: disabledReason,
        'aria-disabled': true,
        onClick: () => toastNotNow(disabledReason),
      };

function commandAction(binding: KeyBinding, all: readonly KeyBinding[]): SpotlightActionData {
  const [key] = keysInForce(binding, all);
  return {
    id: `${binding.group}:${binding.label}`,
    label: binding.label,
    ...doing(binding),
    ...(key === undefined ? {} : { rightSection: <Kbd>{key}</Kbd> }),
  };
}

function grouped(bindings: readonly KeyBinding[]): SpotlightActionGroupData[] {
  const groups = new Map<string, Map<string, SpotlightActionData>>();
  for (const binding of bindings) {
    if (binding.movement === true) continue;
    const group = groups.get(binding.group) ?? new Map<string, SpotlightActionData>();
    group.set(binding.label, commandAction(binding, bindings));
    groups.set(binding.group, group);
  }
  return [...groups].map(([group, actions]) => ({ group, actions: [...actions.values()] }));
}

/** Tells of the input once, when it is drawn. */
function useFirstInput(tell: (input: HTMLInputElement) => Promise<void>) {
  const isTold = useRef(false);
  return useCallback(
    (input: HTMLInputElement | null) => {
      if (input === null || isTold.current) return;
      isTold.current = true;
      void tell(input);
    },
    [tell],
  );
}

const [store, spotlight] = createSpotlight();

/**
 * Selects the first of what is found where it came after the last letter was typed, as saved views that are still being
 * read do: Spotlight selects, by this attribute, only when something is typed, and Enter would do nothing.
 */
function useFirstSelected(actions: readonly SpotlightActionGroupData[]): void {
  useEffect(() => {
    const { opened, query, listId } = store.getState();
    if (!opened || query.trim() === '') return;
    const list = document.getElementById(listId);
    if (list?.querySelector('[data-selected]') !== null) return;
    list.querySelector('[data-action]')?.setAttribute('data-selected', 'true');
    store.updateState((state) => ({ ...state, selected: 0 }));
  }, [actions]);
}

const MAIN_ID = 'main';

const commandsOf = (commands: readonly PageCommand[]): SpotlightActionGroupData[] =>
  commands.length === 0
    ? []
    : [
        {
          group: 'On this page',
          actions: commands.map(({ label, disabledReason, run }, at) => ({
            id: `page:${at}`,
            label,
            ...doing({ run, disabledReason }),
          })),
        },
      ];

/** What has a key, what else the page offers, where one can go, and the saved views. */
function usePaletteActions(commands: readonly PageCommand[]): SpotlightActionGroupData[] {
  const router = useRouter();
  const bindings = useRegisteredKeys();
  const views = useSavedViews();
  return useMemo(
    () => [
      ...grouped(bindings),
      ...commandsOf(commands),
      {
        group: 'Go to',
        actions: PLACES.map((place) => ({
          id: `go:${place.href}`,
          label: place.label,
          leftSection: <place.icon size={15} stroke={1.7} aria-hidden />,
          onClick: () => router.push(place.href),
        })),
      },
      ...(views.length === 0
        ? []
        : [
            {
              group: 'Saved views',
              actions: views.map((view) => ({
                id: `view:${view.id}`,
                label: view.name,
                description: `Saved view of ${view.page}`,
                onClick: () => router.push(viewHref(view)),
              })),
            },
          ]),
    ],
    [bindings, commands, views, router],
  );
}

interface Props {
  asked: number;
  /** Told of the input when it is first drawn: what was typed before goes there. */
  onInput: (input: HTMLInputElement) => Promise<void>;
}

/** Opens each time that `asked` rises, and at Ctrl+K or Cmd+K. */
export function Palette({ asked, onInput }: Props) {
  const [commands, setCommands] = useState<readonly PageCommand[]>([]);
  const actions = usePaletteActions(commands);
  const bindings = useRegisteredKeys();
  const search = useFirstInput(onInput);
  useFirstSelected(actions);
  useEffect(() => {
    if (asked > 0) spotlight.open();
  }, [asked]);
  const readPage = () => {
    const named = bindings.filter(({ movement }) => movement !== true);
    setCommands(pageCommands(document.getElementById(MAIN_ID), named));
  };
  return (
    <Spotlight
      store={store}
      actions={actions}
      onSpotlightOpen={readPage}
      shortcut="mod + K"
      tagsToIgnore={[]}
      nothingFound="Nothing of that name on this page"
      highlightQuery
      filter={found}
      overlayProps={{ blur: 0, backgroundOpacity: 0.35 }}
      attributes={{ content: { 'aria-label': 'Command palette' } }}
      scrollable
      maxHeight={420}
      scrollAreaProps={{ type: 'auto', viewportProps: { tabIndex: 0 } }}
      searchProps={{
        ref: search,
        leftSection: <IconSearch size={16} aria-hidden />,
        placeholder: 'Go to a page or do something here',
        'aria-label': 'Command',
      }}
      classNames={{
        content: classes.content ?? '',
        search: classes.search ?? '',
        action: classes.action ?? '',
        actionLabel: classes.label ?? '',
        actionDescription: classes.description ?? '',
        actionsGroup: classes.group ?? '',
      }}
    />
  );
}
