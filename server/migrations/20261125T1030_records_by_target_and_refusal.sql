-- What happened to one thing, and what was refused: both are rare in a long log, and were found by reading all of it.
create index audit_records_by_target on audit_records (organization_id, target_id, id) where target_id is not null;
-- What is allowed is nearly everything, and needs no index.
create index audit_records_by_refusal on audit_records (organization_id, outcome, id) where outcome <> 'allowed';
