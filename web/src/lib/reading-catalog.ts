import { contract, type EnvironmentName } from '@sallyport/contract';
import { reading } from './reading.ts';

/**
 * What one environment of a source contains. It is a kept copy in any case, which *Read again* renews, and of a database
 * with thousands of tables it is megabytes: every place shares one, and none asks again because its window was looked at.
 */
export const readingCatalog = (place: { readonly id: string; readonly environment: EnvironmentName }) => ({
  ...reading(contract.catalog.getCatalog, { params: place }),
  staleTime: 300_000,
});
