create table idempotency_keys (
  organization_id uuid not null,
  person_id uuid not null,
  key text not null,
  operation text not null,
  body_hash text not null,
  -- Sealed; null while the request is being served.
  answer bytea,
  created_at timestamptz not null default now(),
  constraint idempotency_keys_pk primary key (organization_id, person_id, key)
);
alter table idempotency_keys enable row level security;
alter table idempotency_keys force row level security;
create policy idempotency_keys_tenant on idempotency_keys to :app
  using (organization_id = current_organization()) with check (organization_id = current_organization());
grant select, insert, update, delete on idempotency_keys to :app;
