import Bowser from 'bowser';
import { LRUCache } from 'lru-cache';

interface Browser {
  /** "Firefox 140 on Linux" from a user agent, which may say anything: 60 plain characters at most. */
  readonly device: string;
  readonly webKit: boolean;
}

const known = new LRUCache<string, Browser>({ max: 500 });

export const deviceOf = (userAgent: string | undefined): string => browserOf(userAgent).device;

/** Whether it is Safari, or another browser of its engine, or says so. */
export const isWebKit = (userAgent: string | undefined): boolean => browserOf(userAgent).webKit;

function browserOf(userAgent = ''): Browser {
  const cut = userAgent.slice(0, 400);
  const hit = known.get(cut);
  if (hit !== undefined) return hit;
  const { text, webKit } = read(cut);
  const plain = text.replace(/[^\x20-\x7e]/g, '').slice(0, 60);
  const browser = { device: plain.trim() === '' ? 'Unknown client' : plain, webKit };
  known.set(cut, browser);
  return browser;
}

function read(userAgent: string): { readonly text: string; readonly webKit: boolean } {
  // Which it cannot read.
  if (userAgent === '') return { text: '', webKit: false };
  const { browser, os, engine } = Bowser.parse(userAgent);
  const webKit = engine.name === 'WebKit';
  if (!browser.name) return { text: userAgent, webKit };
  const version = browser.version?.split('.')[0];
  const parts = [browser.name, version, os.name === undefined ? undefined : `on ${os.name}`];
  return { text: parts.filter(Boolean).join(' '), webKit };
}
