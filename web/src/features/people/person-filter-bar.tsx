import type { PersonRow, RoleName } from '@sallyport/contract';
import { FilterBar, FilterPick, FilterSearch } from '../../ui/filter-bar.tsx';
import { roleNames } from './roles.ts';

export interface PersonFilters {
  readonly search?: string;
  readonly role?: RoleName;
  readonly state?: 'active' | 'disabled';
  readonly group?: string;
  readonly factor?: 'on' | 'off';
}
type Change = (next: PersonFilters) => void;

const states = [
  { value: 'active', label: 'Active' },
  { value: 'disabled', label: 'Turned off' },
] as const;
const factors = [
  { value: 'on', label: 'On' },
  { value: 'off', label: 'Missing' },
] as const;
const roles = (Object.entries(roleNames) as [RoleName, string][]).map(([value, label]) => ({ value, label }));

/** The filters that are set, each with its word and a way to drop it. */
export function setPersonFilters(filters: PersonFilters, change: Change) {
  return (Object.keys(filters) as (keyof PersonFilters)[])
    .filter((name) => filters[name] !== undefined)
    .map((name) => {
      const { [name]: value, ...rest } = filters;
      return {
        label: name === 'factor' ? `Second step ${value}` : String(value),
        remove: () => change(rest),
      };
    });
}

interface PersonFilterBarProps {
  readonly filters: PersonFilters;
  readonly people: readonly PersonRow[];
  readonly onChange: Change;
}

export function PersonFilterBar({ filters, people, onChange }: PersonFilterBarProps) {
  const set =
    <K extends keyof PersonFilters>(name: K) =>
    (value: PersonFilters[K] | '') => {
      const { [name]: _before, ...rest } = filters;
      onChange(value ? { ...rest, [name]: value } : rest);
    };
  const groups = [...new Set(people.flatMap((person) => person.groups))].sort();
  return (
    <FilterBar>
      <FilterSearch label="Name, e-mail or group" value={filters.search ?? ''} onChange={set('search')} />
      <FilterPick label="Role" value={filters.role} options={roles} onChange={set('role')} />
      <FilterPick
        label="Group"
        value={filters.group}
        options={groups.map((group) => ({ value: group, label: group }))}
        onChange={set('group')}
        find
      />
      <FilterPick label="Access" value={filters.state} options={states} onChange={set('state')} />
      <FilterPick label="Second step" value={filters.factor} options={factors} onChange={set('factor')} />
    </FilterBar>
  );
}
