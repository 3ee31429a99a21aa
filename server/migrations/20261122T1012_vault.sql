-- Which root key this database belongs to: `verifier` is a known text that only that key opens. A start with another key,
-- or with none, stops here.
create table vault_root (
  singleton boolean not null default true,
  root_key_id text not null,
  verifier bytea not null,
  created_at timestamptz not null default now(),
  constraint vault_root_pk primary key (singleton),
  constraint vault_root_one check (singleton)
);
grant select, insert, update on vault_root to :system;

-- One active data key for each organization; a retiring one lives until nothing is sealed under it. Wrapped by the root key.
create table vault_data_keys (
  organization_id uuid not null,
  id uuid not null,
  state text not null,
  root_key_id text not null,
  wrapped bytea not null,
  created_at timestamptz not null default now(),
  constraint vault_data_keys_pk primary key (organization_id, id),
  constraint vault_data_keys_state check (state in ('active', 'retiring'))
);
create unique index vault_data_keys_one_active on vault_data_keys (organization_id) where state = 'active';

-- A rotation, from its start to the destruction of the old keys. `table_name` and `position` are how far it has come.
create table vault_rotations (
  organization_id uuid not null,
  id uuid not null,
  key_id uuid not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  total bigint not null,
  done bigint not null default 0,
  table_name text,
  position text,
  -- Who asked, for the record of the end.
  started_by text not null,
  constraint vault_rotations_pk primary key (organization_id, id)
);
create unique index vault_rotations_one_running on vault_rotations (organization_id) where finished_at is null;

alter table vault_data_keys enable row level security;
alter table vault_data_keys force row level security;
create policy vault_data_keys_tenant on vault_data_keys to :app
  using (organization_id = current_organization()) with check (organization_id = current_organization());
create policy vault_data_keys_system on vault_data_keys to :system using (true) with check (true);
grant select, insert on vault_data_keys to :app;
grant select, insert, update, delete on vault_data_keys to :system;

alter table vault_rotations enable row level security;
alter table vault_rotations force row level security;
create policy vault_rotations_tenant on vault_rotations for select to :app using (organization_id = current_organization());
create policy vault_rotations_system on vault_rotations to :system using (true) with check (true);
grant select on vault_rotations to :app;
grant select, insert, update on vault_rotations to :system;
