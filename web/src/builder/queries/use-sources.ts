import { contract, type SourceView } from '@sallyport/contract';
import { useQuery } from '@tanstack/react-query';
import { reading } from '../../lib/reading.ts';

/** The organization's sources; none while they load. */
export function useSources(): readonly SourceView[] {
  return useQuery(reading(contract.sources.listSources)).data?.items ?? [];
}
