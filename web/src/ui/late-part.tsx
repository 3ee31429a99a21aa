import { type FunctionComponent, type ReactNode, useCallback, useEffect, useState } from 'react';
import { loadPart } from '../lib/load-part.ts';
import { ErrorState } from './error-state.tsx';

interface Part<P> {
  /** The component, once its code is here. */
  readonly here: () => FunctionComponent<P> | undefined;
  readonly come: () => Promise<void>;
  readonly waiting: (given: P) => ReactNode;
}

/** A component whose code comes later. `preload` never rejects: what failed is asked for again where it is drawn. */
type LatePart<P> = FunctionComponent<P> & { readonly preload: () => Promise<void> };
type Given<C> = C extends FunctionComponent<infer P> ? P & object : never;

/**
 * Draws the component `name` of a file once its code is here. Where it cannot come, it says so in its place and can be
 * tried again; what stands around it, and what was typed there, stays.
 */
export function latePart<M extends object, K extends keyof M>(
  load: () => Promise<M>,
  name: K,
  waiting: (given: Given<M[K]>) => ReactNode = () => null,
): LatePart<Given<M[K]>> {
  type P = Given<M[K]>;
  let here: FunctionComponent<P> | undefined;
  let coming: Promise<void> | undefined;
  const come = (): Promise<void> => {
    coming ??= loadPart(load)
      .then((file) => {
        here = file[name] as FunctionComponent<P>;
      })
      .finally(() => {
        coming = undefined;
      });
    return coming;
  };
  const part: Part<P> = { here: () => here, come, waiting };
  const preload = () => (here ? Promise.resolve() : come().catch(() => undefined));
  return Object.assign((given: P) => <Late part={part} given={given} />, { preload });
}

function Late<P extends object>({ part, given }: { readonly part: Part<P>; readonly given: P }) {
  const Here = part.here();
  const [, setHere] = useState(Here !== undefined);
  const [failure, setFailure] = useState<unknown>();
  const come = useCallback(() => part.come().then(() => setHere(true), setFailure), [part]);
  useEffect(() => {
    if (!part.here()) void come();
  }, [part, come]);
  if (Here) return <Here {...given} />;
  return failure === undefined ? (
    part.waiting(given)
  ) : (
    <ErrorState error={failure} retry={() => void come()} />
  );
}
