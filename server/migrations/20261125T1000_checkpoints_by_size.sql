-- The newest checkpoint is the largest: a clock that was set back signs with earlier times.
create index audit_checkpoints_size_index on audit_checkpoints (organization_id, size, signed_at);
