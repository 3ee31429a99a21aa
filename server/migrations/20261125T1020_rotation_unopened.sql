-- Values that a rotation could not open: they stay as they are, under their old key, which is not destroyed.
alter table vault_rotations add column unopened bigint not null default 0;
