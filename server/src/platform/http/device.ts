import Bowser from 'bowser';
import { LRUCache } from 'lru-cache';

const known = new LRUCache<string, string>({ max: 500 });

/** "Firefox 140 on Linux" from a user agent, which may say anything: 60 plain characters at most. */
export function deviceOf(userAgent: string): string {
  const cut = userAgent.slice(0, 400);
  const hit = known.get(cut);
  if (hit !== undefined) return hit;
  const plain = read(cut)
    .replace(/[^\x20-\x7e]/g, '')
    .slice(0, 60);
  const device = plain.trim() === '' ? 'Unknown client' : plain;
  known.set(cut, device);
  return device;
}

function read(userAgent: string): string {
  // Which it cannot read.
  if (userAgent === '') return '';
  const { browser, os } = Bowser.parse(userAgent);
  if (!browser.name) return userAgent;
  const version = browser.version?.split('.')[0];
  return [browser.name, version, os.name === undefined ? undefined : `on ${os.name}`]
    .filter(Boolean)
    .join(' ');
}
