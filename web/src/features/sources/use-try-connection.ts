import { type ConnectionSettings, type Credential, contract, type ResponseOf } from '@sallyport/contract';
import { useCallback, useEffect, useRef, useState } from 'react';
import { call } from '../../lib/api.ts';

export type TryAnswer = ResponseOf<typeof contract.sources.tryConnection>;
export type TryState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'trying'; readonly since: number }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'refused'; readonly error: unknown }
  | { readonly kind: 'answered'; readonly answer: TryAnswer };

interface Attempt {
  readonly mode: 'read' | 'read-write';
  readonly settings: ConnectionSettings;
  readonly credential: Credential;
}

/** Tries a connection before it is saved; it can be stopped. */
export function useTryConnection() {
  const [state, setState] = useState<TryState>({ kind: 'idle' });
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const attempt = useCallback(async (body: Attempt): Promise<TryAnswer | undefined> => {
    running.current?.abort();
    const control = new AbortController();
    running.current = control;
    setState({ kind: 'trying', since: Date.now() });
    try {
      const answer = await call(contract.sources.tryConnection, { body }, { signal: control.signal });
      setState({ kind: 'answered', answer });
      return answer;
    } catch (error) {
      if (!control.signal.aborted) setState({ kind: 'refused', error });
      return undefined;
    }
  }, []);
  const stop = useCallback(() => {
    running.current?.abort();
    setState({ kind: 'stopped' });
  }, []);
  const reset = useCallback(() => {
    running.current?.abort();
    setState({ kind: 'idle' });
  }, []);
  return { state, attempt, stop, reset };
}
