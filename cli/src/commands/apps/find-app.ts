import { type AppRow, allPages, contract } from '@sallyport/contract';
import { type Connection, request } from '../../client.ts';

/** The app of this id, slug or name; throws a sentence when there is none, or more than one of that name. */
export async function findApp(connection: Connection, given: string): Promise<AppRow> {
  const items = await allPages((query) => request(connection, contract.apps.listApps, { query }));
  const exact = items.find((app) => app.id === given || app.slug === given);
  if (exact !== undefined) return exact;
  const [named, another] = items.filter((app) => app.name === given);
  if (named === undefined) throw new Error(`There is no app ${given}, or you may not open it.`);
  if (another !== undefined) throw new Error(`Several apps are named ${given}: give the slug.`);
  return named;
}
