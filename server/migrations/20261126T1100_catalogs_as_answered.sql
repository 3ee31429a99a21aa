-- A schema of thousands of tables is megabytes: it is kept as it goes out, and each table by its name beside it.
-- What was kept before is read from the source again.
drop table catalogs;

create table catalogs (
  source_id uuid not null,
  organization_id uuid not null,
  environment text not null,
  -- The version of the source's environment that it was read with.
  source_version integer not null,
  -- Catalog of the contract as JSON, compressed with gzip.
  answer bytea not null,
  constraint catalogs_pk primary key (source_id, environment),
  -- With the environment goes what we knew of it.
  constraint catalogs_environment foreign key (source_id, environment)
    references source_environments (source_id, environment) on delete cascade
);
create index catalogs_organization on catalogs (organization_id);

create table catalog_tables (
  source_id uuid not null,
  organization_id uuid not null,
  environment text not null,
  schema_name text not null,
  table_name text not null,
  -- CatalogTable of the contract.
  document json not null,
  constraint catalog_tables_pk primary key (source_id, environment, table_name, schema_name),
  constraint catalog_tables_catalog foreign key (source_id, environment)
    references catalogs (source_id, environment) on delete cascade
);
create index catalog_tables_organization on catalog_tables (organization_id);

alter table catalogs enable row level security;
alter table catalogs force row level security;
create policy catalogs_tenant on catalogs to :app
  using (organization_id = current_organization()) with check (organization_id = current_organization());
alter table catalog_tables enable row level security;
alter table catalog_tables force row level security;
create policy catalog_tables_tenant on catalog_tables to :app
  using (organization_id = current_organization()) with check (organization_id = current_organization());

grant select, insert, update, delete on catalogs, catalog_tables to :app;
