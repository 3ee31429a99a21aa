import { environmentNames } from '../../ui/environment-badge.tsx';
import { FilterBar, FilterPick, FilterSearch } from '../../ui/filter-bar.tsx';
import { engineNames, type SourceFilters } from './source-rows.ts';
import { statusNames } from './source-status.tsx';

const options = <T extends string>(names: Record<T, string>) =>
  (Object.entries(names) as [T, string][]).map(([value, label]) => ({ value, label }));

const privilegeNames = { expected: 'As expected', exceeds: 'Can do more', unknown: 'Not known' } as const;
type Change = (next: SourceFilters) => void;

/** The filters that are set, each with its word and a way to drop it. */
export function setFilters(filters: SourceFilters, change: Change) {
  const without = (name: keyof SourceFilters) => () => {
    const { [name]: _dropped, ...rest } = filters;
    change(rest);
  };
  const { search, environment, engine, status, privileges } = filters;
  return [
    ...(search ? [{ label: search, remove: without('search') }] : []),
    ...(environment ? [{ label: environmentNames[environment], remove: without('environment') }] : []),
    ...(engine ? [{ label: engineNames[engine], remove: without('engine') }] : []),
    ...(status ? [{ label: statusNames[status], remove: without('status') }] : []),
    ...(privileges ? [{ label: privilegeNames[privileges], remove: without('privileges') }] : []),
  ];
}

export function SourceFilterBar({
  filters,
  onChange,
}: {
  readonly filters: SourceFilters;
  readonly onChange: Change;
}) {
  const set =
    <K extends keyof SourceFilters>(name: K) =>
    (value: SourceFilters[K] | '') => {
      const { [name]: _before, ...rest } = filters;
      onChange(value ? { ...rest, [name]: value } : rest);
    };
  return (
    <FilterBar>
      <FilterSearch label="Name, engine or host" value={filters.search ?? ''} onChange={set('search')} />
      <FilterPick
        label="Environment"
        value={filters.environment}
        options={options(environmentNames)}
        onChange={set('environment')}
      />
      <FilterPick
        label="Engine"
        value={filters.engine}
        options={options(engineNames)}
        onChange={set('engine')}
      />
      <FilterPick
        label="Status"
        value={filters.status}
        options={options(statusNames)}
        onChange={set('status')}
      />
      <FilterPick
        label="Privileges"
        value={filters.privileges}
        options={options(privilegeNames)}
        onChange={set('privileges')}
      />
    </FilterBar>
  );
}
