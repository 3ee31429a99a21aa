import type { PersonRow, RoleName } from '@sallyport/contract';
import { FilterBar, FilterPick, FilterSearch } from '../../ui/filter-bar.tsx';
import { settingOf } from '../../ui/filters.ts';
import { roleNames } from './roles.ts';

export interface PersonFilters {
  readonly search?: string;
  readonly role?: RoleName;
  readonly state?: 'active' | 'disabled';
  readonly group?: string;
  readonly factor?: 'on' | 'off';
}

const states = [
  { value: 'active', label: 'Active' },
  { value: 'disabled', label: 'Turned off' },
] as const;
const factors = [
  { value: 'on', label: 'On' },
  { value: 'off', label: 'Off' },
] as const;
const roles = (Object.entries(roleNames) as [RoleName, string][]).map(([value, label]) => ({ value, label }));

/** A filter in a word. */
export const personFilterWord = (name: keyof PersonFilters, value: string): string =>
  name === 'factor' ? `Two-factor ${value}` : value;

interface PersonFilterBarProps {
  readonly filters: PersonFilters;
  readonly people: readonly PersonRow[];
  readonly onChange: (next: PersonFilters) => void;
}

export function PersonFilterBar({ filters, people, onChange }: PersonFilterBarProps) {
  const set = settingOf(filters, onChange);
  const groups = [...new Set(people.flatMap((person) => person.groups))].sort();
  return (
    <FilterBar>
      <FilterSearch label="Name, email or group" value={filters.search ?? ''} onChange={set('search')} />
      <FilterPick label="Role" value={filters.role} options={roles} onChange={set('role')} />
      <FilterPick
        label="Group"
        value={filters.group}
        options={groups.map((group) => ({ value: group, label: group }))}
        onChange={set('group')}
        find
      />
      <FilterPick label="Access" value={filters.state} options={states} onChange={set('state')} />
      <FilterPick label="Two-factor" value={filters.factor} options={factors} onChange={set('factor')} />
    </FilterBar>
  );
}
