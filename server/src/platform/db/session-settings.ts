/**
 * What our statements, and the reading of their answers, rely on, whatever the server, the database or the role is set to:
 * such settings are made for people and other programs that share a server.
 */
const SETTINGS = {
  search_path: 'public',
  row_security: 'on',
  default_transaction_isolation: 'read committed',
  // How long a statement may take is decided where it is sent; a migration may take long.
  statement_timeout: '0',
  lock_timeout: '0',
  // The pools close what they do not use, and the listening connection is meant to stay.
  idle_session_timeout: '0',
  standard_conforming_strings: 'on',
  datestyle: 'ISO',
  intervalstyle: 'postgres',
  timezone: 'UTC',
  bytea_output: 'hex',
  extra_float_digits: '1',
  // Without the first, a null in a list is the text NULL; with the second, `= null` is another comparison.
  array_nulls: 'on',
  transform_null_equals: 'off',
  // What a network that went silent has left at the server counts as a connection until the server asks after it: for two
  // hours, as systems are set up.
  tcp_keepalives_idle: '30',
  tcp_keepalives_interval: '10',
  tcp_keepalives_count: '3',
};

/** As the `options` of a connection. */
export function sessionOptions(more: Readonly<Record<string, string>>): string {
  return Object.entries({ ...SETTINGS, ...more })
    .map(([name, value]) => `-c ${name}=${value.replaceAll(' ', '\\ ')}`)
    .join(' ');
}
