-- What every table uses. The organization of the transaction, or null when none is set: a policy that compares with
-- null shows nothing, so a forgotten setting fails closed.
create function current_organization() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('app.organization', true), '')::uuid;
