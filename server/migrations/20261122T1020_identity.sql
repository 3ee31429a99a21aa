-- People are global (one e-mail is one account); a membership binds a person to an organization.
create table organizations (
  id uuid constraint organizations_pkey primary key,
  name text not null constraint organizations_name_length check (char_length(name) between 1 and 80),
  created_at timestamptz not null default now()
);

create table people (
  id uuid constraint people_pkey primary key,
  -- As the contract normalises it: trimmed, lower case.
  email text not null constraint people_email_key unique,
  name text not null,
  -- Every session carries the epoch under which it was made; raising it ends them all, also one being made right now.
  epoch integer not null default 1,
  -- Whether `credentials` holds a confirmed second factor; kept here because tenants may not read that table.
  second_factor boolean not null default false,
  last_organization_id uuid constraint people_last_organization references organizations on delete set null,
  created_at timestamptz not null default now()
);
create index people_last_organization_index on people (last_organization_id);

create table memberships (
  organization_id uuid not null constraint memberships_organization references organizations on delete cascade,
  person_id uuid not null constraint memberships_person references people on delete cascade,
  role text not null constraint memberships_role check (role in ('owner', 'admin', 'builder', 'member')),
  groups text[] not null default '{}',
  attributes jsonb not null default '{}' constraint memberships_attributes check (jsonb_typeof(attributes) = 'object'),
  disabled_at timestamptz,
  created_at timestamptz not null default now(),
  constraint memberships_pkey primary key (organization_id, person_id)
);
create index memberships_person_index on memberships (person_id);

-- How a person proves to be that person. Later kinds (passkey, OIDC subject) are further rows, never further columns
-- of `people`.
create table credentials (
  id uuid constraint credentials_pkey primary key,
  person_id uuid not null constraint credentials_person references people on delete cascade,
  kind text not null constraint credentials_kind check (kind in ('password', 'totp')),
  -- password: an argon2id hash in PHC form
  hash text,
  -- totp: the secret, sealed by the vault under (installation, credentials, id, sealed, sealed_version)
  sealed text,
  sealed_version integer not null default 1,
  -- totp: the newest time step that was accepted, so that a code works once (RFC 6238, 5.2)
  last_step bigint,
  -- null while an authenticator has not yet shown a first code
  confirmed_at timestamptz,
  created_at timestamptz not null default now(),
  constraint credentials_one_of_a_kind unique (person_id, kind),
  constraint credentials_shape check (
    (kind = 'password' and hash is not null and sealed is null) or (kind = 'totp' and sealed is not null and hash is null))
);

create table recovery_codes (
  person_id uuid not null constraint recovery_codes_person references people on delete cascade,
  code_hash bytea not null,
  used_at timestamptz,
  constraint recovery_codes_pkey primary key (person_id, code_hash)
);

create table sessions (
  id uuid constraint sessions_pkey primary key,
  organization_id uuid not null,
  person_id uuid not null,
  kind text not null constraint sessions_kind check (kind in ('session', 'token')),
  token_hash bytea not null constraint sessions_token_hash_key unique,
  epoch integer not null,
  label text,
  device text not null,
  address text not null,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  expires_at timestamptz not null,
  constraint sessions_membership foreign key (organization_id, person_id)
    references memberships (organization_id, person_id) on delete cascade,
  constraint sessions_label check ((kind = 'token') = (label is not null))
);
create index sessions_membership_index on sessions (organization_id, person_id);
create index sessions_person_index on sessions (person_id, last_seen_at);
create index sessions_expiry_index on sessions (expires_at);

create table invitations (
  id uuid constraint invitations_pkey primary key,
  organization_id uuid not null constraint invitations_organization references organizations on delete cascade,
  email text not null,
  role text not null constraint invitations_role check (role in ('owner', 'admin', 'builder', 'member')),
  groups text[] not null default '{}',
  token_hash bytea not null constraint invitations_token_hash_key unique,
  invited_by uuid not null constraint invitations_invited_by references people on delete cascade,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  accepted_at timestamptz
);
create index invitations_organization_index on invitations (organization_id, email);
create index invitations_invited_by_index on invitations (invited_by);

-- Failed sign-ins by account and by address; kept here so that a restart does not forget them.
create table sign_in_throttle (
  key text constraint sign_in_throttle_pkey primary key,
  failures integer not null,
  blocked_until timestamptz,
  last_failure_at timestamptz not null
);
create index sign_in_throttle_age on sign_in_throttle (last_failure_at);

-- Whence a person has signed in before. Failures from elsewhere do not lock the person out of these (OWASP: device cookies).
create table familiar_addresses (
  person_id uuid not null constraint familiar_addresses_person references people on delete cascade,
  address text not null,
  last_used_at timestamptz not null,
  constraint familiar_addresses_pkey primary key (person_id, address)
);

-- One row at most: the link by which the owner is made, once.
create table setup (
  singleton boolean not null default true constraint setup_pkey primary key constraint setup_one check (singleton),
  token_hash bytea,
  completed_at timestamptz
);

alter table organizations enable row level security;
alter table organizations force row level security;
create policy organizations_tenant on organizations to :app
  using (id = current_organization()) with check (id = current_organization());
create policy organizations_system on organizations to :system using (true) with check (true);
grant select, update (name) on organizations to :app;
grant select, insert on organizations to :system;

alter table memberships enable row level security;
alter table memberships force row level security;
create policy memberships_tenant on memberships to :app
  using (organization_id = current_organization()) with check (organization_id = current_organization());
create policy memberships_system on memberships to :system using (true) with check (true);
grant select, update (role, groups, attributes, disabled_at) on memberships to :app;
grant select, insert, update, delete on memberships to :system;

-- A tenant sees those people who are its members, and of them only what a colleague may know.
alter table people enable row level security;
alter table people force row level security;
create policy people_tenant on people for select to :app
  using (exists (select from memberships m where m.person_id = people.id and m.organization_id = current_organization()));
create policy people_system on people to :system using (true) with check (true);
grant select (id, email, name, epoch, second_factor, created_at) on people to :app;
grant select, insert, update, delete on people to :system;

alter table sessions enable row level security;
alter table sessions force row level security;
create policy sessions_tenant on sessions to :app
  using (organization_id = current_organization()) with check (organization_id = current_organization());
create policy sessions_system on sessions to :system using (true) with check (true);
grant select (id, organization_id, person_id, kind, label, device, address, created_at, last_seen_at, expires_at, epoch),
  insert, delete on sessions to :app;
grant select, insert, update, delete on sessions to :system;

alter table invitations enable row level security;
alter table invitations force row level security;
create policy invitations_tenant on invitations to :app
  using (organization_id = current_organization()) with check (organization_id = current_organization());
create policy invitations_system on invitations to :system using (true) with check (true);
grant select (id, organization_id, email, role, groups, invited_by, created_at, expires_at, accepted_at),
  insert, delete on invitations to :app;
grant select, update, delete on invitations to :system;

-- No organization's own, and no tenant's business: the system role alone.
alter table credentials enable row level security;
alter table credentials force row level security;
create policy credentials_system on credentials to :system using (true) with check (true);
grant select, insert, update, delete on credentials to :system;
alter table recovery_codes enable row level security;
alter table recovery_codes force row level security;
create policy recovery_codes_system on recovery_codes to :system using (true) with check (true);
grant select, insert, update, delete on recovery_codes to :system;
alter table sign_in_throttle enable row level security;
alter table sign_in_throttle force row level security;
create policy sign_in_throttle_system on sign_in_throttle to :system using (true) with check (true);
grant select, insert, update, delete on sign_in_throttle to :system;
alter table familiar_addresses enable row level security;
alter table familiar_addresses force row level security;
create policy familiar_addresses_system on familiar_addresses to :system using (true) with check (true);
grant select, insert, update, delete on familiar_addresses to :system;
alter table setup enable row level security;
alter table setup force row level security;
create policy setup_system on setup to :system using (true) with check (true);
grant select, insert, update on setup to :system;
