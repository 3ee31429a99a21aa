import { join } from 'node:path';
import type { Config } from './config.ts';
import { ConfigError } from './config-error.ts';
import { databaseConfig } from './database-config.ts';
import { exposureProblems } from './exposure.ts';
import { listen } from './parse.ts';
import type { Setting } from './setting.ts';
import { settings } from './settings.ts';

type Values = { [K in keyof typeof settings]: ReturnType<(typeof settings)[K]['parse']> | undefined };

/**
 * Reads the environment, the only place that does, and takes what it read out of it, so that no child process and no
 * crash report inherits a secret. Throws `ConfigError` with every problem at once.
 */
export function readConfig(env: NodeJS.ProcessEnv, project: string): Config {
  const problems: string[] = [];
  const problem = (sentence: string) => problems.push(sentence);
  const addressed = env.DATABASE_URL !== undefined;
  const {
    dataDirectory,
    listen: at = listen('127.0.0.1:4400'),
    baseUrl,
    tlsCert: certFile,
    tlsKey: keyFile,
    httpRedirect,
    behindTlsProxy = false,
    trustedProxies,
    database: owner,
    databaseApp: app,
    databaseSystem: system,
    databaseTls,
    databaseCa: caFile,
    rootKey,
    previousRootKey,
    egressAllow,
    egressDeny,
    egressLoopback,
    publicRate = 300,
    drainSeconds = 0,
    logLevel = 'info',
    ...unread
  } = readValues(env, problem);
  // A variable that is in the table and stands for nothing would be taken, and do nothing.
  unread satisfies Record<string, never>;
  const database = databaseConfig(
    { owner, app, system, tls: databaseTls, caFile },
    // One that was refused is not missing: what goes with it is judged when it is right.
    addressed && owner === undefined ? () => undefined : problem,
  );
  const tls = certFile === undefined || keyFile === undefined ? null : { certFile, keyFile };
  if ((certFile === undefined) !== (keyFile === undefined))
    problem('SALLYPORT_TLS_CERT and SALLYPORT_TLS_KEY go together. Set both, or neither.');
  const config: Config = {
    dataDirectory: dataDirectory ?? join(project, '.data'),
    listen: at,
    givenBaseUrl: baseUrl ?? null,
    tls,
    httpRedirect: httpRedirect ?? null,
    behindTlsProxy,
    trustedProxies: trustedProxies ?? [],
    database,
    rootKey,
    previousRootKey,
    egress: {
      allow: egressAllow ?? [],
      deny: egressDeny ?? [],
      loopback: egressLoopback ?? 'auto',
      onlyThisMachine: at.loopback && !behindTlsProxy,
    },
    publicRate,
    drainSeconds,
    logLevel,
  };
  // What was left out above would only repeat a mistake that is already named.
  if (problems.length === 0) problems.push(...exposureProblems(config));
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

/** The command line reads these; a shell that has them may also start the server. */
const OF_THE_CLI = new Set(['SALLYPORT_URL', 'SALLYPORT_TOKEN']);

function readValues(env: NodeJS.ProcessEnv, problem: (sentence: string) => void): Values {
  const known = new Set(Object.values(settings).map((one) => one.name));
  for (const name of Object.keys(env)) {
    if (name.startsWith('SALLYPORT_') && !known.has(name) && !OF_THE_CLI.has(name))
      problem(
        `${name} is not a setting of Sallyport. Remove it, or check its name in docs/configuration.md.`,
      );
  }
  const read = <T>(one: Setting<T>): T | undefined => {
    const text = env[one.name];
    delete env[one.name];
    if (text === undefined) return undefined;
    try {
      if (text.trim() === '') throw new Error('it is set but empty');
      return one.parse(text.trim());
    } catch (error) {
      problem(`${one.name}: ${(error as Error).message}. Give ${one.form}, or remove it.`);
      return undefined;
    }
  };
  return Object.fromEntries(
    Object.entries(settings).map(([name, one]) => [name, read(one as Setting<unknown>)]),
  ) as Values;
}
