-- The organization that set-up created: its owners operate the installation. Null only while there is none.
alter table setup add column operator_id uuid constraint setup_operator references organizations on delete set null;
create index setup_operator_index on setup (operator_id);

-- An installation that was set up before: every other organization was made by a person of the first one, so the first is
-- the oldest. Row-level security is forced on the owner too, and has no policy for it.
alter table setup no force row level security;
alter table organizations no force row level security;
update setup set operator_id = (select id from organizations order by created_at, id limit 1);
alter table setup force row level security;
alter table organizations force row level security;
