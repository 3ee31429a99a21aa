import Bowser from 'bowser';
import { LRUCache } from 'lru-cache';

interface Browser {
  /** "Firefox 140 on Linux" from a user agent, which may say anything: 60 plain characters at most. */
  readonly device: string;
  readonly keepsHostCookie: boolean;
}

/** The first Chromium that keeps it. */
const CHROMIUM = 138;

const known = new LRUCache<string, Browser>({ max: 500 });

export const deviceOf = (userAgent: string | undefined): string => browserOf(userAgent).device;

/**
 * Whether a cookie of this host alone (`__Host-`, which has to be `Secure`) is kept when it comes over plain HTTP from
 * loopback. WebKit, which is Safari, keeps no secure one, and Chromium before 138 none with a prefix.
 */
export const keepsHostCookie = (userAgent: string | undefined): boolean =>
  browserOf(userAgent).keepsHostCookie;

function browserOf(userAgent = ''): Browser {
  const cut = userAgent.slice(0, 400);
  const hit = known.get(cut);
  if (hit !== undefined) return hit;
  const { text, keeps } = read(cut);
  const plain = text.replace(/[^\x20-\x7e]/g, '').slice(0, 60);
  const browser = { device: plain.trim() === '' ? 'Unknown client' : plain, keepsHostCookie: keeps };
  known.set(cut, browser);
  return browser;
}

function read(userAgent: string): { readonly text: string; readonly keeps: boolean } {
  // Which it cannot read.
  if (userAgent === '') return { text: '', keeps: true };
  const { browser, os, engine } = Bowser.parse(userAgent);
  const chromium = /Chrom(?:e|ium)\/(\d+)/.exec(userAgent)?.[1];
  const keeps = chromium === undefined ? engine.name !== 'WebKit' : Number(chromium) >= CHROMIUM;
  if (!browser.name) return { text: userAgent, keeps };
  const version = browser.version?.split('.')[0];
  const parts = [browser.name, version, os.name === undefined ? undefined : `on ${os.name}`];
  return { text: parts.filter(Boolean).join(' '), keeps };
}
