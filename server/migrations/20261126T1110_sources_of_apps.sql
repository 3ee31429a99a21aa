-- Which sources a draft, and the current release of an app, ask: kept beside them, since their queries are megabytes.
alter table app_drafts add column sources uuid[] not null default '{}';
alter table apps add column release_sources uuid[] not null default '{}';

alter table apps no force row level security;
alter table app_drafts no force row level security;
alter table app_draft_queries no force row level security;
alter table app_releases no force row level security;
update app_drafts d set sources = array(
  select distinct (q.compiled ->> 'sourceId')::uuid from app_draft_queries q where q.app_id = d.app_id);
update apps a set release_sources = array(
  select distinct (q.value -> 'compiled' ->> 'sourceId')::uuid from app_releases r, jsonb_each(r.queries) q
  where r.app_id = a.id and r.hash = a.release_hash);
alter table apps force row level security;
alter table app_drafts force row level security;
alter table app_draft_queries force row level security;
alter table app_releases force row level security;
