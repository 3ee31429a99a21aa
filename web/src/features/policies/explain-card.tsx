import { contract } from '@sallyport/contract';
import { IconShieldCheck, IconShieldX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { call } from '../../lib/api.ts';
import { allApps, allPeople } from '../../lib/whole-lists.ts';
import { Badge } from '../../ui/badge.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { SearchSelect } from '../../ui/search-select.tsx';

const route = getRouteApi('/signed-in/console/policies');

interface ExplainCardProps {
  readonly actions: readonly { readonly id: string; readonly summary: string }[];
}

/** Asks the deciding code itself whether a person may do something, and which policies say so. */
export function ExplainCard({ actions }: ExplainCardProps) {
  const { person, action, app } = route.useSearch();
  const navigate = route.useNavigate();
  const people = useQuery(allPeople());
  const apps = useQuery(allApps());
  const answer = useQuery({
    queryKey: ['explainAccess', person, action, app],
    enabled: Boolean(person && action),
    queryFn: ({ signal }) =>
      call(
        contract.access.explainAccess,
        { body: { personId: person ?? '', action: action ?? '', ...(app ? { appId: app } : {}) } },
        { signal },
      ),
  });
  const set = (next: { person?: string | null; action?: string | null; app?: string | null }) => {
    const merged = { person, action, app, ...next };
    void navigate({
      search: Object.fromEntries(Object.entries(merged).filter(([, value]) => value)) as typeof merged &
        object,
      replace: true,
    } as Parameters<typeof navigate>[0]);
  };
  return (
    <section className="sp-card" style={{ padding: 16 }} aria-label="Who can do this?">
      <h2 style={{ marginBottom: 10 }}>Who can do this?</h2>
      <div className="sp-explain">
        <SearchSelect
          label="Person"
          placeholder="Choose a person"
          searchable
          data={(people.data?.items ?? []).map(({ id, name, email }) => ({
            value: id,
            label: `${name}, ${email}`,
          }))}
          value={person ?? null}
          onChange={(value) => set({ person: value })}
        />
        <SearchSelect
          label="Action"
          placeholder="Choose an action"
          searchable
          data={actions.map(({ id }) => ({ value: id, label: id }))}
          value={action ?? null}
          onChange={(value) => set({ action: value })}
        />
        <SearchSelect
          label="App"
          placeholder="Any"
          clearable
          searchable
          clearButtonProps={{ 'aria-label': 'Any app' }}
          data={(apps.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          value={app ?? null}
          onChange={(value) => set({ app: value })}
        />
      </div>
      <div style={{ marginTop: 12, minHeight: 24 }} aria-live="polite">
        {answer.error ? (
          <ErrorState error={answer.error} retry={() => void answer.refetch()} />
        ) : answer.data ? (
          <p className="sp-row sp-g6" style={{ flexWrap: 'wrap' }}>
            {answer.data.allowed ? (
              <Badge tone="ok" icon={<IconShieldCheck size={12} stroke={2} aria-hidden="true" />}>
                Allowed
              </Badge>
            ) : (
              <Badge tone="bad" icon={<IconShieldX size={12} stroke={2} aria-hidden="true" />}>
                Refused
              </Badge>
            )}
            <span>{answer.data.reason}</span>
            {answer.data.policies.map((policy) => (
              <span key={policy} className="sp-mono sp-t2">
                {policy}
              </span>
            ))}
          </p>
        ) : (
          <p className="sp-t3">{person && action ? 'Asking…' : 'Choose a person and an action.'}</p>
        )}
      </div>
    </section>
  );
}
