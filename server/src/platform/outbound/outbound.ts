import { lookup } from 'node:dns/promises';
import { isIP, type Socket } from 'node:net';
import { ConnectorError, type Dial } from '@sallyport/connectors/port.ts';
import type { EgressDecision } from '@sallyport/contract';
import { connectPinned } from './connect-pinned.ts';
import { type EgressRules, judge, type OwnAddress } from './judge.ts';
import { slowNamesApart } from './slow-names.ts';

export interface OutboundOptions {
  readonly rules: EgressRules;
  /**
   * Sallyport's own listeners, public base address and database, by name or address. Asked at every decision, since a
   * port may be known only after listening.
   */
  readonly own: () => readonly { what: 'listener' | 'database'; host: string; port: number }[];
  readonly listensOnLoopbackOnly: () => boolean;
  /** Resolving and connecting together take at most this long. Default 8 s. */
  readonly connectTimeoutMs?: number;
  /** For tests of rebinding; the system's resolver otherwise. */
  readonly resolve?: (host: string) => Promise<readonly string[]>;
}

/** The one egress guard: every connection that leaves the process, for any engine and any feature, is opened here. */
export interface Outbound {
  /** Opens the connections of sources. */
  readonly dial: Dial;
  /** What the guard would decide now, without connecting; the console shows it. */
  decide(host: string, port: number): Promise<EgressDecision>;
}

interface Resolved {
  readonly decision: EgressDecision;
  readonly addresses: readonly string[];
}

export function createOutbound(options: OutboundOptions): Outbound {
  const judgeOne = judge(options.rules);
  const resolve = oncePerName(slowNamesApart(options.resolve ?? systemResolve));
  const timeoutMs = options.connectTimeoutMs ?? 8_000;
  const ownAddresses = createOwnAddresses(resolve);

  async function decide(host: string, port: number): Promise<Resolved> {
    const bare = host.replace(/^\[(.*)\]$/, '$1');
    const addresses = isIP(bare) ? [bare] : await resolve(bare).catch(() => []);
    if (addresses.length === 0) {
      const reason = 'The host name could not be resolved.';
      return {
        addresses,
        decision: { allowed: false, rule: 'E0 name-not-resolved', host, address: null, reason },
      };
    }
    const own = await Promise.all(options.own().map(ownAddresses));
    const verdicts = addresses.map((address) => ({
      address,
      ...judgeOne(address, port, own, options.listensOnLoopbackOnly()),
    }));
    // One bad address among several refuses them all: an answer that mixes them is how rebinding looks.
    const first = verdicts.find((one) => !one.allowed) ?? verdicts[0]!;
    const { allowed, rule, address, reason } = first;
    return { addresses, decision: { allowed, rule, host, address, reason } };
  }

  return {
    decide: async (host, port) => (await decide(host, port)).decision,
    dial: async (host, port, signal) => {
      const timeout = AbortSignal.timeout(timeoutMs);
      const either = signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
      const { decision, addresses } = await withSignal(decide(host, port), either, timeout);
      if (!decision.allowed) {
        if (decision.rule.startsWith('E0')) throw new ConnectorError('source_unreachable', decision.reason);
        const said = `${decision.reason} Rule: ${decision.rule}.`;
        throw new ConnectorError('egress_refused', said);
      }
      return connectAny(addresses, port, { signal: either, timeout, timeoutMs });
    },
  };
}

/**
 * The checked addresses in their order; the very addresses that were judged, never the name again. Each has its part of the
 * time: where a network drops what goes to IPv6, the one that answers nothing comes first.
 */
async function connectAny(
  addresses: readonly string[],
  port: number,
  { signal, timeout, timeoutMs }: { signal: AbortSignal; timeout: AbortSignal; timeoutMs: number },
): Promise<Socket> {
  let last: unknown;
  for (const address of addresses) {
    const part = AbortSignal.timeout(Math.ceil(timeoutMs / addresses.length));
    const either = AbortSignal.any([signal, part]);
    try {
      return await withSignal(connectPinned(address, port, either), either, part);
    } catch (error) {
      // The socket says that it was destroyed, and not why.
      if (signal.aborted) throw stopped(timeout);
      last = error;
    }
  }
  throw last;
}

async function withSignal<T>(work: Promise<T>, signal: AbortSignal, timeout: AbortSignal): Promise<T> {
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(stopped(timeout));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    if (stop !== undefined) signal.removeEventListener('abort', stop);
    work.catch(() => undefined);
    aborted.catch(() => undefined);
  }
}

const stopped = (timeout: AbortSignal): ConnectorError =>
  timeout.aborted
    ? new ConnectorError('source_unreachable', 'The source did not accept a connection in time.')
    : new ConnectorError('run_cancelled');

/**
 * Whoever asks for a name that is being resolved hears the same answer: the system looks up few names at once, and cannot be
 * told to stop, so ten connections to a name that no server answers for would keep every other source waiting.
 */
function oncePerName(resolve: (host: string) => Promise<readonly string[]>) {
  const asked = new Map<string, Promise<readonly string[]>>();
  return (host: string): Promise<readonly string[]> => {
    const known = asked.get(host);
    if (known !== undefined) return known;
    const answer = resolve(host).finally(() => asked.delete(host));
    asked.set(host, answer);
    return answer;
  };
}

/** Our own names change rarely, and every connection asks for them. */
const OWN_KEPT_MS = 30_000;

function createOwnAddresses(resolve: (host: string) => Promise<readonly string[]>) {
  const kept = new Map<string, { readonly until: number; readonly addresses: Promise<readonly string[]> }>();
  return async (one: ReturnType<OutboundOptions['own']>[number]): Promise<OwnAddress> => {
    const host = one.host.replace(/^\[(.*)\]$/, '$1');
    if (isIP(host)) return { what: one.what, addresses: [host], port: one.port };
    const known = kept.get(host);
    const fresh = known !== undefined && known.until > performance.now();
    const addresses = fresh ? known.addresses : resolve(host).catch(() => known?.addresses ?? []);
    if (!fresh) kept.set(host, { until: performance.now() + OWN_KEPT_MS, addresses });
    return { what: one.what, addresses: await addresses, port: one.port };
  };
}

async function systemResolve(host: string): Promise<readonly string[]> {
  return (await lookup(host, { all: true, order: 'ipv4first' })).map((one) => one.address);
}
