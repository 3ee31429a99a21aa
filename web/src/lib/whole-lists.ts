import { type AppRow, allPages, contract, type PersonSessionRow, type ResponseOf } from '@sallyport/contract';
import { queryOptions } from '@tanstack/react-query';
import { type AnyRoute, type CallArguments, type CallInput, call } from './api.ts';
import { inOrder } from './in-order.ts';
import { keyOf } from './reading.ts';

type ItemOf<R extends AnyRoute> =
  ResponseOf<R> extends { readonly items: readonly (infer Item)[] } ? Item : never;

/**
 * Query options for every item of a list, read page by page: a search, a select and a picker find whatever there is. What
 * was made meanwhile stands on a page that was read already, and comes with the refresh that follows a change.
 */
function whole<R extends AnyRoute>(
  route: R,
  input: CallInput<R>,
  order: (a: ItemOf<R>, b: ItemOf<R>) => number,
) {
  return queryOptions<{ readonly items: readonly ItemOf<R>[] }>({
    queryKey: keyOf(route, input),
    queryFn: async ({ signal }) => {
      const all = await allPages((page) => {
        const query = { ...(input.query as object | undefined), ...page };
        const asked = [{ ...input, query }, { signal }] as unknown as CallArguments<R>;
        return call(route, ...asked) as Promise<{ items: ItemOf<R>[]; next: string | null }>;
      });
      return { items: all.sort(order) };
    },
  });
}

interface Named {
  readonly name: string;
}
const byName = (a: Named, b: Named) => inOrder(a.name, b.name);
const lastChanged = (a: AppRow, b: AppRow) => Date.parse(b.updatedAt) - Date.parse(a.updatedAt);
const lastUsed = (a: PersonSessionRow, b: PersonSessionRow) =>
  Date.parse(b.lastSeenAt) - Date.parse(a.lastSeenAt);
const asTheyCome = () => 0;

export const allPeople = () => whole(contract.identity.listPeople, {}, byName);
export const allInvitations = () => whole(contract.identity.listInvitations, {}, asTheyCome);
/** Those used last come first. */
export const allSessions = () => whole(contract.identity.listOrganizationSessions, {}, lastUsed);
export const allSources = () => whole(contract.sources.listSources, {}, byName);
export const allConstants = () => whole(contract.gateway.listConstants, {}, asTheyCome);
/** Those changed last come first. With `source`, those that ask it. */
export const allApps = (query: { readonly source?: string } = {}) =>
  whole(contract.apps.listApps, { query }, lastChanged);
export const allReleases = (id: string) => whole(contract.apps.listReleases, { params: { id } }, asTheyCome);
