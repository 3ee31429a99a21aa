import { contract, type Manifest, type Plan } from '@sallyport/contract';
import { useQuery } from '@tanstack/react-query';
import { figure } from '../../lib/number.ts';
import { reading } from '../../lib/reading.ts';
import { countColumns } from '../touched/group-touched.ts';

/** The release in figures, beside the one it replaces. */
export function InShort({ plan, appId }: { readonly plan: Plan; readonly appId: string }) {
  const before = useQuery({
    ...reading(contract.apps.getManifest, { params: { id: appId, hash: plan.current?.hash ?? '' } }),
    enabled: plan.current !== null,
  }).data;
  const now = measure(plan.manifest);
  const was = before && measure(before);
  const lines: [string, number | null, number | null | undefined][] = [
    ['Total statements', now.statements, was?.statements],
    ['New', plan.newStatements.length, undefined],
    ['Unchanged', now.statements - plan.newStatements.length, undefined],
    ['Tables touched', now.tables, was?.tables],
    ['Columns touched', now.columns, was?.columns],
    ['Sources', now.sources, was?.sources],
  ];
  return (
    <div>
      <h3 style={{ margin: '0 0 10px', fontSize: 13, lineHeight: '20px' }}>Summary</h3>
      <dl className="bd-sum">
        {lines.map(([label, value, old]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <b>{value === null ? 'any' : figure(value)}</b>
              <i>{old == null ? '' : `was ${figure(old)}`}</i>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

const measure = ({ queries }: Manifest) => ({
  statements: queries.reduce((sum, one) => sum + one.compiled.statements.length, 0),
  tables: new Set(touchedOf(queries).map((table) => table.name)).size,
  // A request to an HTTP source has no columns.
  columns: countColumns(touchedOf(queries.filter((one) => one.compiled.language !== 'rest'))),
  sources: new Set(queries.map((one) => one.sourceName)).size,
});

const touchedOf = (queries: Manifest['queries']) =>
  queries.flatMap((one) =>
    (one.compiled.tables ?? []).map((table) => ({ ...table, name: `${one.sourceName} ${table.name}` })),
  );
