import type { Plan } from '@sallyport/contract';
import { IconAlertCircle, IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Badge } from '../../ui/badge.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { OriginBadge } from '../../ui/origin-badge.tsx';
import { HighlightedSql } from '../queries/highlighted-sql.tsx';
import { groupTouched, overlaps, type TouchedBoth } from '../touched/group-touched.ts';
import { TouchedColumns } from '../touched/touched-columns.tsx';
import { StatementCard } from './statement-card.tsx';

/** Everything that a release could do and the current one could not. */
export function PlanView({ plan }: { readonly plan: Plan }) {
  const compiledOf = (query: string) => plan.manifest.queries.find((one) => one.name === query)?.compiled;
  const titles = new Map(plan.manifest.pages.map(({ slug, title }) => [slug, title]));
  const nothing =
    plan.newStatements.length +
      plan.removedStatements.length +
      plan.newTables.length +
      plan.newColumns.length +
      plan.becameUser.length ===
    0;
  return (
    <>
      <Group
        title={plan.problems.some(({ blocking }) => blocking) ? 'Blocking' : 'Warnings'}
        list={plan.problems}
      >
        {(problem) => (
          <Line
            key={problem.message}
            mark={
              problem.blocking ? (
                <IconAlertCircle size={14} stroke={2} className="sp-bad" aria-label="blocks" />
              ) : (
                <IconAlertTriangle size={14} stroke={2} className="sp-warn" aria-label="warns" />
              )
            }
            wide
          >
            {problem.message}
          </Line>
        )}
      </Group>
      <Group title="New statements" list={plan.newStatements} bare>
        {(change) => (
          <StatementCard
            key={`${change.query} ${change.statement}`}
            change={change}
            compiled={compiledOf(change.query)}
            current={plan.current?.number}
          />
        )}
      </Group>
      <Group title="New tables" list={bySourceAndTable(plan.newTables)}>
        {(touched) => <TouchedLine key={`${touched.source} ${touched.name}`} plan={plan} touched={touched} />}
      </Group>
      <Group title="New columns" list={bySourceAndTable(plan.newColumns)}>
        {(touched) => <TouchedLine key={`${touched.source} ${touched.name}`} plan={plan} touched={touched} />}
      </Group>
      <Group title="New writes" list={plan.newWrites}>
        {(query) => {
          const compiled = compiledOf(query);
          return (
            <Line
              key={query}
              name={query}
              end={plan.manifest.queries.find((one) => one.name === query)?.sourceName}
            >
              {compiled?.tables
                ?.filter((table) => table.access === 'write')
                .map((table) => table.name)
                .join(', ') || 'Could not analyse what it writes'}
              {compiled?.expectRows ? `, ${compiled.expectRows}` : ', any number of rows'}
            </Line>
          );
        }}
      </Group>
      <Group title="Arguments now" badge={<OriginBadge origin="user" />} list={plan.becameUser}>
        {({ query, argument }) => (
          <Line key={`${query}.${argument}`} name={`${query}.${argument}`}>
            Users can now set it
          </Line>
        )}
      </Group>
      <Group title="Removed statements" list={plan.removedStatements} bare>
        {({ query, statement }) => (
          <article className="bd-st" key={`${query} ${statement}`}>
            <header>
              <span className="sp-mono sp-b">{query}</span>
            </header>
            <div className="bd-dif">
              {statement.split('\n').map((line, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: lines of a fixed text
                <div key={i} data-kind="removed">
                  <span>
                    <HighlightedSql text={line} />
                  </span>
                </div>
              ))}
            </div>
          </article>
        )}
      </Group>
      <Group
        title={plan.current ? 'New or changed pages' : 'Pages'}
        list={plan.pagesChanged.filter((slug) => titles.has(slug))}
      >
        {(slug) => (
          <Line
            key={slug}
            {...(plan.current && { mark: <span className="sp-t2 sp-b">±</span> })}
            name={titles.get(slug) ?? slug}
          >
            /{slug}
          </Line>
        )}
      </Group>
      <Group title="Removed pages" list={plan.pagesChanged.filter((slug) => !titles.has(slug))}>
        {(slug) => (
          <Line key={slug} mark={<span className="sp-bad sp-b">−</span>}>
            /{slug}
          </Line>
        )}
      </Group>
      {nothing && plan.pagesChanged.length === 0 && (
        <EmptyState
          icon={<IconCheck size={24} stroke={1.5} aria-hidden="true" />}
          title="Nothing changed"
          text="The draft is the same as the current release."
        />
      )}
      {nothing && plan.pagesChanged.length > 0 && (
        <p className="bd-none" style={{ padding: '12px 0' }}>
          {plan.current
            ? 'Only pages changed. This release runs no new statements.'
            : 'This app has no queries yet, so it runs no statements.'}
        </p>
      )}
    </>
  );
}

type TouchedOfSource = TouchedBoth & { readonly source: string };

/** One line a table, though what is read and what is written of it are told one by one. */
function bySourceAndTable(list: Plan['newTables'] | Plan['newColumns']): readonly TouchedOfSource[] {
  return [...Map.groupBy(list, (one) => one.source)].flatMap(([source, tables]) =>
    groupTouched(tables.map(({ table, source: _source, ...touched }) => ({ name: table, ...touched }))).map(
      (touched) => ({ ...touched, source }),
    ),
  );
}

function TouchedLine({ plan, touched }: { readonly plan: Plan; readonly touched: TouchedOfSource }) {
  const users = plan.manifest.queries
    .filter(
      (one) =>
        one.sourceName === touched.source &&
        one.compiled.tables?.some(
          ({ name, access, ...columns }) => name === touched.name && overlaps(columns, touched[access]),
        ),
    )
    .map((one) => one.name);
  return (
    <Line end={touched.source} name={touched.name}>
      <TouchedColumns {...touched} />
      {users.length > 0 && (
        <span className="sp-t3 sp-sm">
          By <span className="sp-mono">{users.join(', ')}</span>
        </span>
      )}
    </Line>
  );
}

function Group<T>({
  title,
  badge,
  list,
  bare,
  children,
}: {
  readonly title: string;
  readonly badge?: ReactNode;
  readonly list: readonly T[];
  readonly bare?: boolean;
  readonly children: (item: T) => ReactNode;
}) {
  if (list.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3 className="bd-gh">
        {title} {badge}
        <Badge>{list.length}</Badge>
      </h3>
      {bare ? (
        <div className="bd-sts">{list.map(children)}</div>
      ) : (
        <div className="bd-st">{list.map(children)}</div>
      )}
    </section>
  );
}

function Line({
  mark = <span className="sp-ok sp-b">+</span>,
  name,
  end,
  wide,
  children,
}: {
  readonly mark?: ReactNode;
  readonly name?: string;
  readonly end?: string | undefined;
  readonly wide?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <div className="bd-lr" data-wide={wide}>
      {mark}
      {name !== undefined && <span className="sp-mono sp-cut">{name}</span>}
      <span className="sp-t2">{children}</span>
      {end !== undefined && <span className="sp-t3 sp-sm">{end}</span>}
    </div>
  );
}
