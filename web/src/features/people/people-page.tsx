import { contract, type PersonRow } from '@sallyport/contract';
import { IconUserPlus, IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Outlet, useParams, useRouter } from '@tanstack/react-router';
import { useCallback } from 'react';
import { folded } from '../../lib/folded.ts';
import { figure } from '../../lib/number.ts';
import { may, useMe } from '../../lib/session.ts';
import { allPeople } from '../../lib/whole-lists.ts';
import { Button } from '../../ui/button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { filtersSet } from '../../ui/filters.ts';
import { NoMatch } from '../../ui/no-match.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Invitations } from './invitations.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { personColumns } from './person-columns.tsx';
import { PersonFilterBar, type PersonFilters, personFilterWord } from './person-filter-bar.tsx';

const route = getRouteApi('/signed-in/console/people');

function matches(person: PersonRow, filters: PersonFilters): boolean {
  const text = folded(`${person.name} ${person.email} ${person.groups.join(' ')}`);
  return (
    text.includes(folded(filters.search ?? '')) &&
    (!filters.role || person.role === filters.role) &&
    (!filters.state || person.disabled === (filters.state === 'disabled')) &&
    (!filters.group || person.groups.includes(filters.group)) &&
    (!filters.factor || person.secondFactor === (filters.factor === 'on'))
  );
}

/** The people, their roles and groups; one opens beside the list. Below: invitations not yet taken up. */
export function PeoplePage() {
  const me = useMe();
  const { invite = false, ...filters } = route.useSearch();
  const navigate = route.useNavigate();
  const router = useRouter();
  const { id } = useParams({ strict: false });
  const list = useQuery(allPeople());
  const change = useCallback(
    (next: PersonFilters) => void navigate({ search: next, replace: true }),
    [navigate],
  );
  const mayInvite = may(me, contract.identity.invite);
  const people = list.data?.items;
  const rows = people?.filter((person) => matches(person, filters));
  const instead = list.error ? (
    <ErrorState error={list.error} title="People could not be loaded." retry={() => void list.refetch()} />
  ) : people?.length === 0 ? (
    <EmptyState icon={<IconUsers size={24} stroke={1.75} aria-hidden="true" />} title="No people yet" />
  ) : rows?.length === 0 ? (
    <NoMatch
      thing="person"
      filters={filtersSet(filters, change, personFilterWord)}
      clear={() => change({})}
    />
  ) : undefined;
  return (
    <>
      <PageHeader title="People" figure={rows && figure(rows.length)}>
        <Button
          tone="primary"
          icon={<IconUserPlus size={15} stroke={2} aria-hidden="true" />}
          disabledReason={
            !mayInvite && `Requires the “person:invite” permission. Ask an admin of ${me.organization.name}.`
          }
          onClick={() => void navigate({ search: { ...filters, invite: true } })}
        >
          Invite a person…
        </Button>
      </PageHeader>
      <PersonFilterBar filters={filters} people={people ?? []} onChange={change} />
      <div className="sp-split">
        <div className="sp-list">
          <DataTable
            label="People"
            columns={personColumns}
            rows={rows}
            rowKey={(person) => person.id}
            selected={id}
            opens={(person) =>
              router.buildLocation({
                to: '/people/$id',
                params: { id: person.id },
                search: (before) => before,
              }).href
            }
            twoLine
            instead={instead}
          />
          {mayInvite && <Invitations />}
        </div>
        <Outlet />
      </div>
      <InviteDialog
        opened={invite && mayInvite}
        groups={[...new Set((people ?? []).flatMap((person) => person.groups))].sort()}
        onClose={() => void navigate({ search: filters, replace: true })}
      />
    </>
  );
}
