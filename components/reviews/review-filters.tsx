'use client';
// The filters of the queue. What only a link can set is shown too, so that it can be taken away.
import { useFleets } from '@/components/devices/use-fleets';
import { FilterBar, FilterSelect, FilterText } from '@/components/ui/filter-bar';
import { NarrowedFilter } from '@/components/ui/narrowed-filter';
import { filtersSet, NO_FILTER, STATUS_FILTERS, type ReviewSearch } from './review-search';
import { CLASSIFICATION } from './words';

type Classification = NonNullable<ReviewSearch['classification']>;
type Change = NonNullable<ReviewSearch['change']>;

const CLASSIFICATIONS: readonly Classification[] = [
  'ambiguous',
  'breaking',
  'compatible_additive',
  'compatible_mapped',
  'unknown',
];
const CHANGES: readonly { value: Change; label: string }[] = [
  { value: 'first_schema', label: 'First schema' },
  { value: 'added', label: 'Column added' },
  { value: 'added_not_null', label: 'NOT NULL added' },
  { value: 'removed', label: 'Column removed' },
  { value: 'type_changed', label: 'Type changed' },
  { value: 'key_changed', label: 'Key changed' },
  { value: 'nullability_changed', label: 'Nullability changed' },
  { value: 'unverified', label: 'Hash not verified' },
  { value: 'columns_unknown', label: 'Columns unknown' },
];
const CLAIMANTS = [
  { value: 'me', label: 'Claimed by me' },
  { value: 'nobody', label: 'Claimed by nobody' },
  { value: 'other', label: 'Claimed by others' },
] as const;
const KINDS = [
  { value: 'device', label: 'Of devices' },
  { value: 'registry', label: 'Of the registry' },
] as const;
const STAGED = [
  { value: 'some', label: 'Rows wait' },
  { value: 'none', label: 'No row waits' },
] as const;
const AGES = [
  { value: '60', label: 'Over 1 hour' },
  { value: '480', label: 'Over 8 hours' },
  { value: '1440', label: 'Over 1 day' },
  { value: '10080', label: 'Over 1 week' },
] as const;

interface Props {
  search: ReviewSearch;
  set: (change: Partial<ReviewSearch>) => void;
}

function FleetFilter({ search, set }: Props) {
  const fleets = useFleets();
  return (
    <FilterSelect
      label="Fleet"
      width={130}
      value={search.fleet === '' ? null : search.fleet}
      options={fleets.map(({ id, name }) => ({ value: id, label: name }))}
      onChange={(fleet) => set({ fleet: fleet ?? '' })}
    />
  );
}

/** The filter of the age; what a link set to another age is shown as it is. */
function AgeFilter({ search, set }: Props) {
  const value = search.age === null ? null : String(search.age);
  const isListed = value === null || AGES.some((age) => age.value === value);
  return (
    <FilterSelect
      label="Age"
      width={120}
      value={value}
      options={isListed ? AGES : [...AGES, { value, label: `Over ${value} min` }]}
      onChange={(age) => set({ age: age === null ? null : Number(age) })}
    />
  );
}

export function ReviewFilters({ search, set }: Props) {
  const isFiltered = filtersSet(search).length > 0;
  return (
    <FilterBar onClear={isFiltered ? () => set(NO_FILTER) : undefined}>
      <FilterText label="Table, device or hash" value={search.q} width={200} onChange={(q) => set({ q })} />
      <FilterSelect
        label="Status"
        width={120}
        value={search.status === 'any' ? null : search.status}
        options={STATUS_FILTERS}
        onChange={(status) => set({ status: status ?? 'any' })}
      />
      <FilterSelect
        label="Classification"
        width={160}
        value={search.classification}
        options={CLASSIFICATIONS.map((value) => ({ value, label: CLASSIFICATION[value].label }))}
        onChange={(classification) => set({ classification })}
      />
      <FilterSelect
        label="Claimant"
        width={150}
        value={search.claimant}
        options={CLAIMANTS}
        onChange={(claimant) => set({ claimant })}
      />
      <FilterSelect
        label="Kind"
        width={130}
        value={search.kind}
        options={KINDS}
        onChange={(kind) => set({ kind })}
      />
      <FilterSelect
        label="Change"
        width={160}
        value={search.change}
        options={CHANGES}
        onChange={(change) => set({ change })}
      />
      <FilterSelect
        label="Staged"
        width={130}
        value={search.staged}
        options={STAGED}
        onChange={(staged) => set({ staged })}
      />
      <AgeFilter search={search} set={set} />
      <FleetFilter search={search} set={set} />
      <NarrowedFilter label="Table" value={search.table} onClear={() => set({ table: '' })} />
      <NarrowedFilter label="Hash" value={search.hash} onClear={() => set({ hash: '' })} />
      <NarrowedFilter label="Device" value={search.device} onClear={() => set({ device: '' })} />
    </FilterBar>
  );
}
