-- A token that was made by a token: it ends with its maker, also when that is revoked.
alter table sessions add column made_by uuid constraint sessions_made_by references sessions on delete cascade;
create index sessions_made_by_index on sessions (made_by);
grant select (made_by) on sessions to :app;
