import { engineNames } from '../../ui/engine-names.ts';
import { environmentNames } from '../../ui/environment-badge.tsx';
import { FilterBar, FilterPick, FilterSearch } from '../../ui/filter-bar.tsx';
import { settingOf } from '../../ui/filters.ts';
import type { SourceFilters } from './source-rows.ts';
import { statusNames } from './source-status.tsx';

const options = <T extends string>(names: Record<T, string>) =>
  (Object.entries(names) as [T, string][]).map(([value, label]) => ({ value, label }));

const privilegeNames = { expected: 'As expected', exceeds: 'Can do more', unknown: 'Not known' } as const;

const names: Readonly<Partial<Record<keyof SourceFilters, Readonly<Record<string, string>>>>> = {
  environment: environmentNames,
  engine: engineNames,
  status: statusNames,
  privileges: privilegeNames,
};

/** A filter in a word. */
export const sourceFilterWord = (name: keyof SourceFilters, value: string): string =>
  names[name]?.[value] ?? value;

export function SourceFilterBar({
  filters,
  onChange,
}: {
  readonly filters: SourceFilters;
  readonly onChange: (next: SourceFilters) => void;
}) {
  const set = settingOf(filters, onChange);
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
