import type { SandboxSite } from './sandbox-site.ts';

/** What an expression came to. */
export interface Outcome {
  readonly value?: unknown;
  readonly error?: string;
}

/** The worker's global object, as any expression can reach it. */
export const GLOBAL = '(0).constructor.constructor("return globalThis")()';

/** Whether it brought nothing back. */
export const isNothing = ({ value, error }: Outcome): boolean =>
  typeof error === 'string' || value === null || value === '';

/** Expressions that try to reach a server, a store or the page; none may (X9). */
export const waysOut = ({ trap, address }: SandboxSite): readonly string[] => [
  `import("${trap}/import")`,
  `(0).constructor.constructor("return import('${trap}/import2')")()`,
  `(0).constructor.constructor("return import('${address}/stray.js')")()`,
  `(0).constructor.constructor("return import('data:text/javascript,export default 1')")()`,
  `(async () => {}).constructor("await import('${trap}/import3')")()`,
  `(0).constructor.constructor("return fetch('${trap}/fetch')")()`,
  `(0).constructor.constructor("importScripts('${trap}/scripts')")()`,
  `(0).constructor.constructor("return new WebSocket('${trap.replace('http', 'ws')}/socket')")()`,
  `(0).constructor.constructor("return new Worker('${trap}/worker')")()`,
  `Object.getPrototypeOf(${GLOBAL}).constructor.prototype.fetch`,
  `Object.getPrototypeOf(Object.getPrototypeOf(${GLOBAL})).fetch`,
  `${GLOBAL}.constructor.prototype.importScripts`,
  `Reflect.ownKeys(Object.getPrototypeOf(${GLOBAL})).filter(k => k !== 'constructor').join()`,
  'fetch("/v1/session")',
  'postMessage("x")',
  'parent.location.href',
  'document.cookie',
  'localStorage.x',
];

/** The one that reaches a server where the frame has no policy. */
export const twin = ({ trap }: SandboxSite): string =>
  `(0).constructor.constructor("return import('${trap}/twin')")()`;
