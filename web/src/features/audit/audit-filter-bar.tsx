import { contract } from '@sallyport/contract';
import { useQuery } from '@tanstack/react-query';
import { count } from '../../lib/number.ts';
import { reading } from '../../lib/reading.ts';
import { may, useMe } from '../../lib/session.ts';
import { allApps, allPeople, allSources } from '../../lib/whole-lists.ts';
import { FilterBar, FilterPick, FilterSearch } from '../../ui/filter-bar.tsx';
import { settingOf } from '../../ui/filters.ts';
import type { LogName } from './logs.ts';

export interface AuditFilters {
  readonly search?: string;
  readonly event?: string;
  readonly actorId?: string;
  readonly targetId?: string;
  readonly outcome?: 'allowed' | 'refused' | 'failed';
  readonly when?: 'today' | 'week' | 'month';
}

const days = { today: 0, week: 6, month: 29 } as const;
/** The first instant of the chosen span, in the person's zone. */
export function sinceOf(when: keyof typeof days): string {
  const now = new Date();
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() - days[when]).toISOString();
}

const whens = [
  { value: 'today', label: 'Today' },
  { value: 'week', label: 'Last 7 days' },
  { value: 'month', label: 'Last 30 days' },
] as const;
const outcomes = [
  { value: 'allowed', label: 'Allowed' },
  { value: 'refused', label: 'Refused' },
  { value: 'failed', label: 'Failed' },
] as const;

/** A filter in a word. */
export function auditFilterWord(name: keyof AuditFilters, value: string): string {
  if (name === 'actorId') return 'this person';
  if (name === 'targetId') return 'this target';
  return [...whens, ...outcomes].find((option) => option.value === value)?.label ?? value;
}

interface AuditFilterBarProps {
  readonly log: LogName;
  readonly filters: AuditFilters;
  readonly onChange: (next: AuditFilters) => void;
  readonly shown: number | undefined;
  readonly more: boolean;
}

export function AuditFilterBar({ log, filters, onChange, shown, more }: AuditFilterBarProps) {
  const me = useMe();
  const events = useQuery(reading(contract.audit.listAuditEvents));
  const people = useQuery({
    ...allPeople(),
    enabled: may(me, contract.identity.listPeople),
  });
  const apps = useQuery(allApps());
  const sources = useQuery({
    ...allSources(),
    enabled: may(me, contract.sources.listSources),
  });
  const set = settingOf(filters, onChange);
  const named = (items: readonly { readonly id: string; readonly name: string }[] | undefined) =>
    (items ?? []).map(({ id, name }) => ({ value: id, label: name }));
  // Two people may have one name.
  const persons = (people.data?.items ?? []).map(({ id, name, email }) => ({
    value: id,
    label: name,
    hint: email,
  }));
  const things = [...named(apps.data?.items), ...named(sources.data?.items), ...persons];
  return (
    <FilterBar
      aside={shown === undefined ? undefined : `${count(shown, 'record')}${more ? ', more below' : ''}`}
    >
      <FilterSearch label="Person, target or address" value={filters.search ?? ''} onChange={set('search')} />
      <FilterPick label="When" value={filters.when} options={whens} onChange={set('when')} />
      <FilterPick
        label="Action"
        value={filters.event}
        options={(events.data?.items ?? []).map(({ event, summary }) => ({
          value: event,
          label: event,
          hint: summary,
        }))}
        onChange={set('event')}
        find
      />
      <FilterPick label="Decision" value={filters.outcome} options={outcomes} onChange={set('outcome')} />
      {/* The installation's own log is not about this organization's people and things. */}
      {log === 'organization' && (
        <>
          <FilterPick
            label="Person"
            value={filters.actorId}
            options={persons}
            onChange={set('actorId')}
            find
          />
          <FilterPick
            label="Target"
            value={filters.targetId}
            options={things}
            onChange={set('targetId')}
            find
          />
        </>
      )}
    </FilterBar>
  );
}
