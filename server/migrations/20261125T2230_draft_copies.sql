-- Which version of a draft a person last took out as a bundle, or put in as one: what they know of, and may replace.
create table app_draft_copies (
  app_id uuid not null,
  organization_id uuid not null,
  person_id uuid not null,
  version integer not null,
  constraint app_draft_copies_pk primary key (app_id, person_id),
  constraint app_draft_copies_draft foreign key (app_id) references app_drafts (app_id) on delete cascade
);
create index app_draft_copies_organization on app_draft_copies (organization_id);

alter table app_draft_copies enable row level security;
alter table app_draft_copies force row level security;
create policy app_draft_copies_tenant on app_draft_copies to :app
  using (organization_id = current_organization()) with check (organization_id = current_organization());

grant select, insert, update, delete on app_draft_copies to :app;
