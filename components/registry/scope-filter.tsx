'use client';
// What is decided for the project, for any fleet, or for one. Of one fleet alone, a list is read below its path.
import type { Fleet } from '@/server/contract/fleet';
import { useFleets } from '@/components/devices/use-fleets';
import { FilterSelect } from '@/components/ui/filter-bar';
import type { ScopeSearch } from './registry-search';

interface Props {
  search: ScopeSearch;
  set: (change: ScopeSearch) => void;
}

/** A link may name a fleet that is gone: it is shown, so that it can be taken away. */
function fleetOptions(fleets: readonly Fleet[], chosen: string) {
  const options = fleets.map(({ id, name }) => ({ value: id, label: `Fleet ${name}` }));
  const isListed = chosen === '' || fleets.some(({ id }) => id === chosen);
  return isListed ? options : [...options, { value: chosen, label: 'One fleet' }];
}

/** The filter of the scope, by the names of the project's fleets. */
export function ScopeFilter({ search, set }: Props) {
  const fleets = useFleets();
  return (
    <FilterSelect
      label="Scope"
      value={search.fleet === '' ? search.scope : search.fleet}
      options={[
        { value: 'project', label: 'Project' },
        { value: 'fleet', label: 'Any fleet' },
        ...fleetOptions(fleets, search.fleet),
      ]}
      onChange={(chosen) =>
        set(
          chosen === null || chosen === 'project' || chosen === 'fleet'
            ? { scope: chosen, fleet: '' }
            : { scope: null, fleet: chosen },
        )
      }
    />
  );
}
