create table apps (
  id uuid not null,
  organization_id uuid not null,
  name text not null,
  slug text not null,
  -- { "everyone": boolean, "groups": [text] }
  audience jsonb not null,
  -- Null until first published.
  release_hash text,
  created_at timestamptz not null default now(),
  created_by uuid not null,
  updated_at timestamptz not null default now(),
  updated_by uuid not null,
  constraint apps_pk primary key (id),
  constraint apps_slug_unique unique (organization_id, slug)
);
create index apps_organization on apps (organization_id, updated_at desc);

create table app_drafts (
  app_id uuid not null,
  organization_id uuid not null,
  version integer not null,
  -- AppPages of the contract.
  pages jsonb not null,
  -- What the release's hash would be if it were published now.
  content_hash text not null,
  constraint app_drafts_pk primary key (app_id),
  constraint app_drafts_app foreign key (app_id) references apps (id) on delete cascade
);
create index app_drafts_organization on app_drafts (organization_id);

create table app_draft_queries (
  app_id uuid not null,
  organization_id uuid not null,
  name text not null,
  document jsonb not null,
  compiled jsonb not null,
  constraint app_draft_queries_pk primary key (app_id, name),
  constraint app_draft_queries_draft foreign key (app_id) references app_drafts (app_id) on delete cascade
);
create index app_draft_queries_organization on app_draft_queries (organization_id);

-- A release never changes: the application may insert rows, and change only whether one still runs.
create table app_releases (
  app_id uuid not null,
  organization_id uuid not null,
  hash text not null,
  number integer not null,
  note text not null,
  pages jsonb not null,
  -- { name: { document, compiled } }
  queries jsonb not null,
  published_at timestamptz not null default now(),
  published_by uuid not null,
  -- Null while current. Superseded by a newer one, it runs for a while yet, so that nobody loses a half-filled form.
  superseded_at timestamptz,
  -- Rolled back: it stops at once.
  withdrawn boolean not null default false,
  constraint app_releases_pk primary key (app_id, hash),
  constraint app_releases_number unique (app_id, number),
  constraint app_releases_app foreign key (app_id) references apps (id) on delete cascade
);
create index app_releases_organization on app_releases (organization_id, hash);

alter table apps enable row level security;
alter table apps force row level security;
create policy apps_tenant on apps to :app
  using (organization_id = current_organization()) with check (organization_id = current_organization());
alter table app_drafts enable row level security;
alter table app_drafts force row level security;
create policy app_drafts_tenant on app_drafts to :app
  using (organization_id = current_organization()) with check (organization_id = current_organization());
alter table app_draft_queries enable row level security;
alter table app_draft_queries force row level security;
create policy app_draft_queries_tenant on app_draft_queries to :app
  using (organization_id = current_organization()) with check (organization_id = current_organization());
alter table app_releases enable row level security;
alter table app_releases force row level security;
create policy app_releases_tenant on app_releases to :app
  using (organization_id = current_organization()) with check (organization_id = current_organization());

grant select, insert, update, delete on apps, app_drafts, app_draft_queries to :app;
grant select, insert on app_releases to :app;
grant update (superseded_at, withdrawn) on app_releases to :app;
