import type { Connector, Dial } from '@sallyport/connectors/port.ts';
import type { ConnectionSettings, EgressDecision } from '@sallyport/contract';
import type { Engines } from '../sources/index.ts';

interface Parts {
  readonly connectors: Readonly<Record<ConnectionSettings['engine'], Connector>>;
  readonly dial: Dial;
  readonly decide: (host: string, port: number) => Promise<EgressDecision>;
}

/** What `sources` may ask of the engines: one connection for a test, which is closed again, and the guard's opinion. */
export function engines({ connectors, dial, decide }: Parts): Engines {
  return {
    origin: (settings) => connectors[settings.engine].origin(settings),
    probe: async ({ settings, credential, mode }, signal) => {
      const pool = connectors[settings.engine].open({ settings, credential, mode }, dial);
      try {
        return await pool.probe(signal);
      } finally {
        await pool.close();
      }
    },
    egress: (settings) => {
      const { host, port } = addressOf(settings);
      return decide(host, port);
    },
  };
}

function addressOf(settings: ConnectionSettings): { host: string; port: number } {
  if (settings.engine !== 'rest') return settings;
  const { protocol, hostname, port } = new URL(settings.baseUrl);
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || (protocol === 'https:' ? 443 : 80) };
}
