import './sources.css';
import { contract } from '@sallyport/contract';
import { IconEye, IconRefresh, IconTable } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../../lib/api.ts';
import { folded } from '../../lib/folded.ts';
import { count } from '../../lib/number.ts';
import { reading } from '../../lib/reading.ts';
import { readingCatalog } from '../../lib/reading-catalog.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { environmentNames } from '../../ui/environment-badge.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { FilterBar, FilterSearch } from '../../ui/filter-bar.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { NoMatch } from '../../ui/no-match.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { Time } from '../../ui/time.tsx';
import { notifyError } from '../../ui/toast-store.ts';
import { useGrowing } from '../../ui/use-growing.tsx';
import { CatalogTableView } from './catalog-table-view.tsx';

const route = getRouteApi('/signed-in/console/sources/$id/$environment/catalog');

/** What a source contains: schemas, tables, columns, types and keys. Names only, never rows. */
export function CatalogPage() {
  const { id, environment } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const client = useQueryClient();
  const [refreshing, setRefreshing] = useState(false);
  const place = { id, environment: environment as 'development' };
  const source = useQuery(reading(contract.sources.getSource, { params: { id } }));
  const options = readingCatalog(place);
  const catalog = useQuery(options);
  const refresh = async () => {
    setRefreshing(true);
    try {
      client.setQueryData(
        options.queryKey,
        await call(contract.catalog.getCatalog, { params: place, query: { refresh: 'true' } }),
      );
    } catch (error) {
      notifyError(error, 'Tables could not be refreshed.');
    } finally {
      setRefreshing(false);
    }
  };
  const clear = () => void navigate({ search: {}, replace: true });
  const wanted = folded(search.search ?? '');
  const tables = (catalog.data?.tables ?? []).filter((table) =>
    [`${table.schema}.${table.name}`, ...table.columns.map((column) => column.name)].some((name) =>
      folded(name).includes(wanted),
    ),
  );
  const chosen = tables.find((table) => `${table.schema}.${table.name}` === search.table) ?? tables[0];
  const { shown, more } = useGrowing(tables);
  const schemas = [...new Set(shown.map((table) => table.schema))];
  const name = environmentNames[place.environment] ?? environment;
  return (
    <>
      <PageHeader title={source.data?.name ?? 'Tables'} figure={name}>
        <Button
          icon={<IconRefresh size={15} stroke={1.75} aria-hidden="true" />}
          busy={refreshing && 'Loading…'}
          onClick={() => void refresh()}
        >
          Refresh
        </Button>
        <LinkButton to="/sources/$id/{-$environment}" params={{ id, environment: place.environment }}>
          Back to the data source
        </LinkButton>
      </PageHeader>
      <FilterBar
        aside={
          catalog.data && (
            <span>
              {catalog.data.more && 'The first '}
              {count(catalog.data.tables.length, 'table')}, updated <Time at={catalog.data.readAt} within />
            </span>
          )
        }
      >
        <FilterSearch
          label="Table or column"
          value={search.search ?? ''}
          onChange={(value) => void navigate({ search: value ? { search: value } : {}, replace: true })}
        />
      </FilterBar>
      {catalog.error ? (
        <ErrorState
          error={catalog.error}
          title="Tables could not be loaded."
          retry={() => void catalog.refetch()}
        />
      ) : !catalog.data ? (
        <div className="sp-page">
          <SkeletonLines lines={8} />
        </div>
      ) : catalog.data.tables.length === 0 ? (
        <EmptyState
          icon={<IconTable size={24} stroke={1.75} aria-hidden="true" />}
          title="No tables are visible to this role"
          text="Give the role permission to read a table, then refresh."
        />
      ) : tables.length === 0 ? (
        <NoMatch
          thing="table or column"
          filters={[{ label: search.search ?? '', remove: clear }]}
          clear={clear}
        />
      ) : (
        <div className="sp-catalog">
          <nav className="sp-catalog-list" aria-label="Tables">
            {schemas.map((schema) => (
              <div key={schema}>
                <h2>{schema}</h2>
                {shown
                  .filter((table) => table.schema === schema)
                  .map((table) => (
                    <Link
                      key={table.name}
                      to="."
                      search={{ ...search, table: `${table.schema}.${table.name}` }}
                      replace
                      aria-current={table === chosen ? 'true' : undefined}
                    >
                      {table.kind === 'view' ? (
                        <IconEye size={14} stroke={2} className="sp-t3" aria-label="View" />
                      ) : (
                        <IconTable size={14} stroke={2} className="sp-t3" aria-label="Table" />
                      )}
                      <span className="sp-cut">{table.name}</span>
                    </Link>
                  ))}
              </div>
            ))}
            {more}
          </nav>
          {chosen && <CatalogTableView table={chosen} />}
        </div>
      )}
    </>
  );
}
