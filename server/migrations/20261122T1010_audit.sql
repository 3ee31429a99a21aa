-- The log. A record is inserted once, with the change that it tells of, and never updated or deleted: no role but the
-- owner may. `leaf` is the canonical JSON text that is hashed into the tree; the other columns are for finding only.
create table audit_records (
  -- UUID version 7: the time of the record, so that the primary key is also the order of the list.
  id uuid not null,
  organization_id uuid not null,
  event text not null,
  outcome text not null,
  actor_id uuid,
  target_id text,
  leaf text not null,
  -- What opens the leaf's commitments to personal fields: {"group":["salt",value]}. The one column that erasure empties.
  opening text,
  -- Where the sequencer looks for new records: every transaction below its horizon has ended.
  txid xid8 not null default pg_current_xact_id(),
  constraint audit_records_pk primary key (organization_id, id),
  constraint audit_records_outcome check (outcome in ('allowed', 'refused', 'failed'))
);
create index audit_records_by_txid on audit_records (txid);
create index audit_records_by_event on audit_records (organization_id, event, id);
create index audit_records_by_actor on audit_records (organization_id, actor_id, id) where actor_id is not null;

-- The record's place in its organization's log, and the RFC 6962 hash of its leaf. No foreign key: its check would lock,
-- and so write, every record once more, and records are never deleted.
create table audit_leaves (
  organization_id uuid not null,
  index bigint not null,
  record_id uuid not null,
  hash bytea not null,
  constraint audit_leaves_pk primary key (organization_id, index),
  constraint audit_leaves_record unique (organization_id, record_id)
);

-- Roots of complete subtrees of 256, 65536, … leaves (level 1, 2, …), so that a proof reads a few hundred hashes.
create table audit_subtrees (
  organization_id uuid not null,
  level smallint not null,
  index bigint not null,
  hash bytea not null,
  constraint audit_subtrees_pk primary key (organization_id, level, index)
);

-- The right edge of each tree: the roots of the complete subtrees that make up `size`, largest first, end to end.
create table audit_trees (
  organization_id uuid not null,
  size bigint not null,
  peaks bytea not null,
  -- The newest checkpoint.
  signed_size bigint not null default 0,
  signed_at timestamptz not null default '-infinity',
  constraint audit_trees_pk primary key (organization_id)
);

create table audit_checkpoints (
  organization_id uuid not null,
  size bigint not null,
  signed_at timestamptz not null,
  root bytea not null,
  note text not null,
  constraint audit_checkpoints_pk primary key (organization_id, signed_at)
);

-- One row: the name of this installation's log, its signing key (the private half sealed under the root key), and the
-- transaction below which every record has its leaf.
create table audit_log (
  singleton boolean not null default true,
  origin text not null,
  public_key bytea not null,
  sealed_private_key text not null,
  horizon xid8 not null default '0',
  created_at timestamptz not null default now(),
  constraint audit_log_pk primary key (singleton),
  constraint audit_log_one check (singleton)
);

alter table audit_records enable row level security;
alter table audit_records force row level security;
create policy audit_records_tenant on audit_records to :app
  using (organization_id = current_organization()) with check (organization_id = current_organization());
create policy audit_records_system on audit_records to :system using (true) with check (true);
grant select, insert on audit_records to :app;
grant select, insert, update (opening) on audit_records to :system;

alter table audit_leaves enable row level security;
alter table audit_leaves force row level security;
create policy audit_leaves_tenant on audit_leaves for select to :app using (organization_id = current_organization());
create policy audit_leaves_system on audit_leaves to :system using (true) with check (true);
grant select on audit_leaves to :app;
grant select, insert on audit_leaves to :system;

alter table audit_subtrees enable row level security;
alter table audit_subtrees force row level security;
create policy audit_subtrees_tenant on audit_subtrees for select to :app using (organization_id = current_organization());
create policy audit_subtrees_system on audit_subtrees to :system using (true) with check (true);
grant select on audit_subtrees to :app;
grant select, insert on audit_subtrees to :system;

alter table audit_trees enable row level security;
alter table audit_trees force row level security;
create policy audit_trees_tenant on audit_trees for select to :app using (organization_id = current_organization());
create policy audit_trees_system on audit_trees to :system using (true) with check (true);
grant select on audit_trees to :app;
grant select, insert, update on audit_trees to :system;

alter table audit_checkpoints enable row level security;
alter table audit_checkpoints force row level security;
create policy audit_checkpoints_tenant on audit_checkpoints for select to :app using (organization_id = current_organization());
create policy audit_checkpoints_system on audit_checkpoints to :system using (true) with check (true);
grant select on audit_checkpoints to :app;
grant select, insert on audit_checkpoints to :system;

grant select (origin, public_key, horizon) on audit_log to :app;
grant select, insert, update (horizon) on audit_log to :system;

-- That an acknowledged record is on the disk, whatever the server's own setting says, is set for every connection by
-- platform/db/prepare.ts: not every owner may alter roles.
