const KEPT = new Set([
  ...[
    'AggregateError',
    'Array',
    'ArrayBuffer',
    'BigInt',
    'BigInt64Array',
    'BigUint64Array',
    'Boolean',
    'DataView',
  ],
  ...[
    'Date',
    'Error',
    'EvalError',
    'FinalizationRegistry',
    'Float32Array',
    'Float64Array',
    'Function',
    'Infinity',
  ],
  ...[
    'Int16Array',
    'Int32Array',
    'Int8Array',
    'Intl',
    'Iterator',
    'JSON',
    'Map',
    'Math',
    'NaN',
    'Number',
    'Object',
  ],
  ...['Promise', 'Proxy', 'RangeError', 'ReferenceError', 'Reflect', 'RegExp', 'Set', 'String', 'Symbol'],
  ...['SyntaxError', 'TypeError', 'URIError', 'URLSearchParams', 'Uint16Array', 'Uint32Array', 'Uint8Array'],
  ...['Uint8ClampedArray', 'WeakMap', 'WeakRef', 'WeakSet', 'decodeURI', 'decodeURIComponent', 'encodeURI'],
  ...['encodeURIComponent', 'globalThis', 'isFinite', 'isNaN', 'parseFloat', 'parseInt', 'undefined'],
  // Base64, in which many APIs take keys and contents. They only compute.
  ...['TextDecoder', 'TextEncoder', 'atob', 'btoa'],
]);

/**
 * Takes from the worker's global object, and from what it inherits, everything that is not the plain language:
 * network, storage, timers, messaging, workers. The frame's policy forbids the network by itself; this is the second
 * wall, and it also takes away ways to talk to the page.
 */
export function scrubGlobals(global: object): void {
  for (
    let at: object | null = global;
    at !== null && at !== Object.prototype;
    at = Object.getPrototypeOf(at)
  ) {
    for (const key of Reflect.ownKeys(at)) {
      if (KEPT.has(String(key)) || key === 'constructor' || typeof key === 'symbol') continue;
      if (!Reflect.deleteProperty(at, key)) Reflect.defineProperty(at, key, { value: undefined });
    }
  }
}

/** Freezes the language's own objects and their names, so that one expression cannot change what another one calls. */
export function freezeIntrinsics(global: Record<string, unknown>): void {
  const seen = new Set<unknown>();
  const freeze = (value: unknown): void => {
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value))
      return;
    seen.add(value);
    Object.freeze(value);
    freeze(Object.getPrototypeOf(value));
    for (const descriptor of Object.values(Object.getOwnPropertyDescriptors(value))) {
      freeze(descriptor.value);
      freeze(descriptor.get);
      freeze(descriptor.set);
    }
  };
  for (const name of KEPT) if (name !== 'globalThis') freeze(global[name]);
  // Newer than the compiler's library, and than Chrome 121.
  const iterator = global.Iterator as
    | { from(given: object): { map(each: () => undefined): object } }
    | undefined;
  for (const sample of [
    [][Symbol.iterator](),
    new Map().entries(),
    new Set().values(),
    ''[Symbol.iterator](),
    'a'.matchAll(/a/g),
    ...(iterator === undefined
      ? []
      : [iterator.from({ next: () => undefined }), iterator.from([].values()).map(() => undefined)]),
    new Intl.Segmenter().segment(''),
    new Intl.Segmenter().segment('')[Symbol.iterator](),
    new URLSearchParams().entries(),
  ]) {
    freeze(Object.getPrototypeOf(sample));
  }
  for (const made of [async () => undefined, function* () {}, async function* () {}])
    freeze(Object.getPrototypeOf(made));
  Object.freeze(global);
}
