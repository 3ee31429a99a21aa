-- The root key that the installation's log tells of: another one than that of the data is put on the record at the next start.
alter table vault_root add column recorded_key_id text;
update vault_root set recorded_key_id = root_key_id;
alter table vault_root alter column recorded_key_id set not null;
