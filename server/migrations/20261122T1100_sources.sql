create table sources (
  id uuid not null,
  organization_id uuid not null,
  name text not null,
  -- What query documents call it; unique in the organization and kept when the name changes.
  slug text not null,
  engine text not null,
  mode text not null,
  paused boolean not null default false,
  created_at timestamptz not null default now(),
  created_by uuid not null,
  constraint sources_pk primary key (id),
  constraint sources_slug_unique unique (organization_id, slug),
  constraint sources_engine_known check (engine in ('postgres', 'mysql', 'rest')),
  constraint sources_mode_known check (mode in ('read', 'read-write'))
);

create table source_environments (
  source_id uuid not null,
  organization_id uuid not null,
  environment text not null,
  settings jsonb not null,
  -- Rises with every change of settings or credential; a pool belongs to one version.
  version integer not null default 1,
  -- Sealed by the vault; null when there is none, or when a new address voided it.
  credential text,
  -- Part of the sealed value's place: an older ciphertext does not open.
  credential_version integer not null default 0,
  credential_kind text,
  credential_user text,
  credential_origin text,
  credential_set_at timestamptz,
  credential_set_by uuid,
  -- What the last test found (S6); null until tested since the last change.
  status jsonb,
  constraint source_environments_pk primary key (source_id, environment),
  constraint source_environments_source foreign key (source_id) references sources (id) on delete cascade,
  constraint source_environments_known check (environment in ('development', 'staging', 'production'))
);
create index source_environments_organization on source_environments (organization_id);

create table catalogs (
  source_id uuid not null,
  organization_id uuid not null,
  environment text not null,
  -- The version of the source's environment that it was read with.
  source_version integer not null,
  read_at timestamptz not null,
  tables jsonb not null,
  constraint catalogs_pk primary key (source_id, environment),
  -- With the environment goes what we knew of it.
  constraint catalogs_environment foreign key (source_id, environment)
    references source_environments (source_id, environment) on delete cascade
);
create index catalogs_organization on catalogs (organization_id);

alter table sources enable row level security;
alter table sources force row level security;
create policy sources_tenant on sources to :app
  using (organization_id = current_organization()) with check (organization_id = current_organization());
alter table source_environments enable row level security;
alter table source_environments force row level security;
create policy source_environments_tenant on source_environments to :app
  using (organization_id = current_organization()) with check (organization_id = current_organization());
alter table catalogs enable row level security;
alter table catalogs force row level security;
create policy catalogs_tenant on catalogs to :app
  using (organization_id = current_organization()) with check (organization_id = current_organization());
grant select, insert, update, delete on sources, source_environments, catalogs to :app;
