/** How the embedded PostgreSQL is run, as `-c` arguments: the file in the data directory stays as initdb wrote it. */
export function settings(given: {
  readonly socketDirectory: string;
  readonly port: number;
  readonly tcp: boolean;
}): readonly string[] {
  const all: Record<string, string | number> = {
    port: given.port,
    listen_addresses: given.tcp ? '127.0.0.1' : '',
    unix_socket_directories: given.tcp ? '' : given.socketDirectory,
    unix_socket_permissions: '0700',
    password_encryption: 'scram-sha-256',
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',
    // After a kill, one call flushes what a walk over a thousand files would.
    ...(process.platform === 'linux' ? { recovery_init_sync_method: 'syncfs' } : {}),
    max_connections: 80,
    shared_buffers: '64MB',
    work_mem: '8MB',
    maintenance_work_mem: '64MB',
    max_wal_size: '512MB',
    min_wal_size: '64MB',
    io_workers: 2,
    max_wal_senders: 0,
    wal_level: 'minimal',
    // A statement lasts milliseconds here; compiling it costs more than it saves.
    jit: 'off',
    timezone: 'UTC',
    // A server that was killed must not leave its statements running.
    client_connection_check_interval: '1s',
    idle_in_transaction_session_timeout: '60s',
    // Statements and their values may hold people's data: the file gets messages only. What stands below a message names
    // the value that was there twice, or the whole row that did not fit.
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
    log_parameter_max_length: 0,
    log_parameter_max_length_on_error: 0,
    log_checkpoints: 'off',
    cluster_name: 'sallyport',
  };
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
