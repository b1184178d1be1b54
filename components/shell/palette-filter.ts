// What the palette finds. A reason why something cannot be done is no name of it, so nothing is found by it; and what
// cannot be done now stands after everything that can. Pure.
import type { SpotlightFilterFunction } from '@mantine/spotlight';

const NOT_NOW = 'Not now';

type Found = ReturnType<SpotlightFilterFunction>;
type Group = Extract<Found[number], { group: string }>;
type Entry = Group['actions'][number];

const isGroup = (item: Found[number]): item is Group => 'actions' in item;

const isPossible = ({ 'aria-disabled': disabled }: Entry): boolean => disabled !== true;

const has = (text: string | undefined, query: string): boolean =>
  text?.toLowerCase().includes(query) === true;

/** The groups with the entries that `query` names, first where the name itself has it. */
export const found: SpotlightFilterFunction = (query, actions) => {
  const wanted = query.trim().toLowerCase();
  const named = (entry: Entry) => has(entry.label, wanted);
  const told = (entry: Entry) => isPossible(entry) && has(entry.description, wanted);
  const groups = actions.filter(isGroup);
  const all = groups.flatMap((group) => group.actions);
  const possible = groups.map(({ group, actions: entries }) => {
    const possibleOnes = entries.filter(isPossible);
    return {
      group,
      actions: [
        ...possibleOnes.filter(named),
        ...possibleOnes.filter((entry) => !named(entry) && told(entry)),
      ],
    };
  });
  const notNow = all.filter((entry) => !isPossible(entry) && named(entry));
  return [...possible, { group: NOT_NOW, actions: notNow }].filter(
    ({ actions: entries }) => entries.length > 0,
  );
};
