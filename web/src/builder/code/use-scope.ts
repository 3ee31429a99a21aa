import { contract } from '@sallyport/contract';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useRef } from 'react';
import { may, useMe } from '../../lib/session.ts';
import { allConstants } from '../../lib/whole-lists.ts';
import { useBuilder } from '../builder-context.ts';
import { type ScopeEntry, scopeOf } from './scope.ts';

/** Gives every name that expressions of this app can use, as it is when a completion asks; `constants` in queries alone. */
export function useScope(inQuery = true): () => ScopeEntry[] {
  const { editor } = useBuilder();
  const enabled = may(useMe(), contract.gateway.listConstants);
  const constants = useQuery({ ...allConstants(), enabled, retry: false }).data;
  const known = useRef(constants);
  known.current = constants;
  return useCallback(() => {
    const { document, queries } = editor.getState();
    return scopeOf(
      document,
      queries,
      inQuery ? (known.current?.items ?? []).map(({ name }) => name) : undefined,
    );
  }, [editor, inQuery]);
}
