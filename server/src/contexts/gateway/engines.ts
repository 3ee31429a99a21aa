import type { Connector, Dial } from '@sallyport/connectors/port.ts';
import type { ConnectionSettings, EgressDecision } from '@sallyport/contract';
import type { Engines } from '../sources/index.ts';

export interface EnginesOptions {
  readonly connectors: Readonly<Record<Connector['engine'], Connector>>;
  readonly dial: Dial;
  /** The egress guard's decision about an address, without connecting. */
  readonly decide: (host: string, port: number) => Promise<EgressDecision>;
}

/** What sources asks of the engines: one connection for a test, and no more. */
export function engines({ connectors, dial, decide }: EnginesOptions): Engines {
  return {
    origin: (settings) => connectors[settings.engine].origin(settings),
    probe: async (target, signal) => {
      const pool = connectors[target.settings.engine].open(target, dial);
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
  const url = new URL(settings.baseUrl);
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || (url.protocol === 'https:' ? 443 : 80)),
  };
}
