import { inject } from 'vitest';
import type { SharedServers } from './global-setup.ts';

/** What the run's global setup knows of a shared server (its methods stay there). Starts it when it is the first to ask. */
export async function sharedServer<K extends keyof SharedServers>(
  name: K,
): Promise<Omit<SharedServers[K], 'stop'>> {
  const answer = await fetch(`${inject('sharedServers')}/${name}`);
  if (!answer.ok) throw new Error(await answer.text());
  return (await answer.json()) as SharedServers[K];
}
