-- Constants of an organization, for `{{ constants.name }}`: the server binds them, and a secret one is never shown.
create table constants (
  organization_id uuid not null,
  name text not null,
  -- Part of a sealed value's place; a constant made anew under an old name is another row.
  id uuid not null,
  secret boolean not null,
  value text,
  sealed text,
  version integer not null default 1,
  updated_at timestamptz not null default now(),
  constraint constants_pk primary key (organization_id, name),
  constraint constants_id_unique unique (id),
  constraint constants_one_form check (case when secret then sealed is not null and value is null else value is not null and sealed is null end)
);

alter table constants enable row level security;
alter table constants force row level security;
create policy constants_tenant on constants to :app
  using (organization_id = current_organization()) with check (organization_id = current_organization());
grant select, insert, update, delete on constants to :app;
