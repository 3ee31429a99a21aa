-- Whether any record was ever given its place. This table has no row-level security: beside it, tables that were dumped
-- without their rows are told from a log that is new.
alter table audit_log add column begun boolean not null default false;
alter table audit_trees no force row level security;
update audit_log set begun = exists (select from audit_trees);
alter table audit_trees force row level security;
grant update (begun) on audit_log to :system;
