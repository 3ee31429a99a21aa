-- A key that nobody uses again goes after its day too: of every organization, the system role sees those that have lapsed.
create policy idempotency_keys_system on idempotency_keys to :system using (created_at < now() - interval '1 day');
grant select, delete on idempotency_keys to :system;
create index idempotency_keys_by_age on idempotency_keys (created_at);
