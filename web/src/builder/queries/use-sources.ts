import type { SourceView } from '@sallyport/contract';
import { useQuery } from '@tanstack/react-query';
import { allSources } from '../../lib/whole-lists.ts';

/** The organization's sources; none while they load. */
export function useSources(): readonly SourceView[] {
  return useQuery(allSources()).data?.items ?? [];
}
