import './policies.css';
import { contract } from '@sallyport/contract';
import { IconCheck, IconMinus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { reading } from '../../lib/reading.ts';
import { CodeName } from '../../ui/code-name.tsx';
import { CopyField } from '../../ui/copy-field.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { roleNames } from '../people/roles.ts';
import { ExplainCard } from './explain-card.tsx';

type Answer = NonNullable<(typeof contract.access.listPolicies)['response']>['_output'];
type Action = Answer['actions'][number];

const may = (yes: boolean): ReactNode =>
  yes ? (
    <IconCheck size={15} stroke={2} className="sp-ok" aria-label="yes" />
  ) : (
    <IconMinus size={15} stroke={2} className="sp-t3" aria-label="no" />
  );

const columns: readonly Column<Action>[] = [
  {
    key: 'action',
    head: 'Action',
    width: 236,
    cell: (action) => <CodeName of={action.id} />,
    text: (action) => action.id,
  },
  {
    key: 'summary',
    head: 'Description',
    wide: true,
    cell: (action) => <span className="sp-t2">{action.summary}</span>,
    text: (action) => action.summary,
  },
  ...(['owner', 'admin', 'builder', 'member'] as const).map((role) => ({
    key: role,
    head: roleNames[role],
    width: 76,
    cell: (action: Action) => may(action.roles.includes(role)),
  })),
];

/** The policies in force, as text; what each role may do; and why a person may or may not. */
export function PoliciesPage() {
  const query = useQuery(reading(contract.access.listPolicies));
  return (
    <>
      <PageHeader title="Policies" figure={query.data && String(query.data.policies.length)} />
      <div className="sp-scroll">
        {query.error ? (
          <ErrorState
            error={query.error}
            title="Policies could not be loaded."
            retry={() => void query.refetch()}
          />
        ) : !query.data ? (
          <div className="sp-page">
            <SkeletonLines lines={8} />
          </div>
        ) : (
          <div className="sp-policies">
            <ExplainCard actions={query.data.actions} />
            <section aria-label="Permissions by role">
              <h2 className="sp-policies-head">Permissions by role</h2>
              <div className="sp-bleed">
                <DataTable
                  label="Actions by role"
                  columns={columns}
                  rows={query.data.actions}
                  rowKey={(action) => action.id}
                />
              </div>
            </section>
            <section aria-label="Policies in force">
              <h2 className="sp-policies-head">In force</h2>
              <p className="sp-t2">
                Written in Cedar. Anything that no policy permits is refused, and a policy that fails permits
                nothing.
              </p>
              {query.data.policies.map((policy) => (
                <details key={policy.id} className="sp-policy">
                  <summary>
                    <span className="sp-mono sp-m">{policy.id}</span>
                    <span className="sp-t2">{policy.summary}</span>
                  </summary>
                  <CopyField text={policy.text} label="Copy policy" />
                </details>
              ))}
            </section>
          </div>
        )}
      </div>
    </>
  );
}
