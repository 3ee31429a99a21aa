import { freePort as freePortOf } from '../src/platform/http/free-port.ts';

/** A loopback port that was free a moment ago. */
export const freePort = (): Promise<number> => freePortOf('127.0.0.1');
