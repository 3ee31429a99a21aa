-- Links by which a person chooses a new password without the old one. They belong to the person, like credentials, and to
-- no organization.
create table password_resets (
  id uuid constraint password_resets_pkey primary key,
  person_id uuid not null constraint password_resets_person references people on delete cascade,
  -- Null: made on the server's own machine.
  issued_by uuid constraint password_resets_issued_by references people on delete cascade,
  token_hash bytea not null constraint password_resets_token_hash_key unique,
  -- The person's epoch when it was made: any later change of the person's credentials voids it.
  epoch integer not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index password_resets_person_index on password_resets (person_id);
create index password_resets_issued_by_index on password_resets (issued_by);
create index password_resets_expiry_index on password_resets (expires_at);

alter table password_resets enable row level security;
alter table password_resets force row level security;
create policy password_resets_system on password_resets to :system using (true) with check (true);
grant select, insert, update, delete on password_resets to :system;

-- When somebody else took the person's second factor off; null again once they have one. The person is told.
alter table people add column second_factor_reset_at timestamptz;
