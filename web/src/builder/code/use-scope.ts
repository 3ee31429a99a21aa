import { contract } from '@sallyport/contract';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { reading } from '../../lib/reading.ts';
import { may, useMe } from '../../lib/session.ts';
import { useEditor } from '../builder-context.ts';
import { type ScopeEntry, scopeOf } from './scope.ts';

/** Every name that expressions of this app can use. */
export function useScope(): readonly ScopeEntry[] {
  const document = useEditor((s) => s.document);
  const queries = useEditor((s) => s.queries);
  const enabled = may(useMe(), contract.gateway.listConstants);
  const constants = useQuery({ ...reading(contract.gateway.listConstants), enabled, retry: false }).data
    ?.items;
  return useMemo(
    () =>
      scopeOf(
        document,
        queries,
        (constants ?? []).map((constant) => constant.name),
      ),
    [document, queries, constants],
  );
}
