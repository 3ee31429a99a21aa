import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run, say } from './project.mjs';

/** What tests need from the system, and which tests are skipped without it. */
const NEEDED = [
  { program: '/usr/bin/chromium', package: 'chromium', without: 'the tests in a browser (e2e)' },
  { program: '/usr/bin/firefox-esr', package: 'firefox-esr', without: 'the tests in Firefox' },
  { program: '/usr/bin/WebKitWebDriver', package: 'webkit2gtk-driver', without: 'the tests in WebKit' },
  { program: '/usr/bin/Xvfb', package: 'xvfb', without: 'the tests in WebKit' },
  { program: '/usr/sbin/mariadbd', package: 'mariadb-server', without: 'the tests against MariaDB' },
  {
    program: '/usr/lib/postgresql/15/bin/postgres',
    package: 'postgresql-15',
    without: 'the tests against an external PostgreSQL 15',
  },
  { program: '/usr/sbin/pgbouncer', package: 'pgbouncer', without: 'the tests behind a pooler' },
  { program: 'openssl', package: 'openssl', without: 'the tests over TLS' },
];

/**
 * Installs what is absent, where that is permitted, and gives what is still absent: of all that tests need, or of the
 * packages that are named.
 */
export async function ensureDebianPackages(names) {
  const needed = names === undefined ? NEEDED : NEEDED.filter((one) => names.includes(one.package));
  const absent = needed.filter((one) => !isThere(one.program));
  if (absent.length === 0) return [];
  const become = asRoot();
  if (become !== undefined && existsSync('/usr/bin/apt-get')) {
    say(`Installing from Debian: ${absent.map((one) => one.package).join(', ')}.`);
    // RUNLEVEL=1 keeps Debian from starting the servers that it installs: tests start their own.
    const apt = (...args) =>
      run(
        become[0] ?? 'env',
        [...become.slice(1), 'DEBIAN_FRONTEND=noninteractive', 'RUNLEVEL=1', 'apt-get', '-qq', ...args],
        {
          stdio: ['ignore', 2, 2],
        },
      );
    await apt('update');
    for (const one of absent) await apt('install', '-y', '--no-install-recommends', one.package);
  }
  return needed.filter((one) => !isThere(one.program));
}

/** The command that runs another as root, or undefined when we may not. */
function asRoot() {
  if (process.getuid?.() === 0) return ['env'];
  const sudo = spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' });
  return sudo.status === 0 ? ['sudo', '-n', 'env'] : undefined;
}

function isThere(program) {
  if (program.startsWith('/')) return existsSync(program);
  return (process.env.PATH ?? '').split(delimiter).some((directory) => existsSync(join(directory, program)));
}
