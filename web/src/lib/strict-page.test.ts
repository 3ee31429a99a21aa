import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';

const web = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(join(web, path), 'utf8');

/** Code of our own that runs in the page; the sandbox has a document, and a policy, of its own. */
const sources = readdirSync(join(web, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !/\.test\.|^runtime\/sandbox\//.test(path))
  .map((path) => join('src', path));

/** What writes markup or runs text; comments may speak of it. */
const SINK =
  /\b(innerHTML|outerHTML|dangerouslySetInnerHTML|insertAdjacentHTML|createContextualFragment|document\.write|setHTMLUnsafe)\b|\beval\(|\bnew Function\b|\bjavascript:/;
const withoutComments = (code: string) => code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');

afterEach(() => vi.unstubAllGlobals());

describe('W1 the page is strict', () => {
  it('writes no markup as text and runs no text', () => {
    expect(sources.length).toBeGreaterThan(100);
    for (const path of sources) expect(withoutComments(read(path)), path).not.toMatch(SINK);
  });
  it('has no inline script and no handler in its markup', () => {
    const page = read('index.html');
    for (const [, attributes = '', text = ''] of page.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g))
      expect({ src: attributes.includes(' src='), text }).toEqual({ src: true, text: '' });
    expect(page).not.toMatch(/\son[a-z]+=|<style|\sstyle=/);
  });
  it('is made so before anything else is loaded', () => {
    const [first] = /^import .*$/m.exec(read('src/main.tsx')) ?? [];
    expect(first).toBe("import './lib/strict-page.ts';");
    expect(read('src/main.tsx')).not.toMatch(/^import .* from '\.\/app\//m);
  });
  it('lets style sheets through that hold no markup, and has no rule for scripts', async () => {
    type Rules = { createHTML(text: string): string };
    const made: [string, Rules][] = [];
    vi.stubGlobal('document', { querySelector: () => null });
    vi.stubGlobal('window', {
      trustedTypes: { createPolicy: (name: string, rules: Rules) => made.push([name, rules]) },
    });
    await import('./strict-page.ts');
    const [[name, rules] = ['', undefined], ...more] = made;
    expect([name, Object.keys(rules ?? {}), more]).toEqual(['default', ['createHTML'], []]);
    expect(rules?.createHTML('a > b { color: red }')).toBe('a > b { color: red }');
    expect(() => rules?.createHTML('<img src=x onerror=alert(1)>')).toThrow('Markup');
  });
});
