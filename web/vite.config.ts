import { appendFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { sandboxPlugin } from './sandbox/sandbox-plugin.ts';
import { stripSchemas } from './strip-schemas-plugin.ts';

/** The server that the development page talks to; the built page is served by that server itself. */
const server = process.env.SALLYPORT_SERVER ?? 'http://127.0.0.1:4400';

/** Compresses each asset and the sandbox once, at build, so that the server never does it while people wait. */
function precompress(): Plugin {
  let folder = '';
  return {
    name: 'sallyport:precompress',
    apply: 'build',
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir);
    },
    async closeBundle() {
      const names = (await readdir(join(folder, 'assets')))
        .filter((name) => /\.(js|css|svg|json)$/.test(name))
        .map((name) => join('assets', name));
      await Promise.all(
        [...names, join('sandbox', 'index.html')].map(async (name) => {
          const text = await readFile(join(folder, name));
          if (text.length < 1_024) return;
          const options = {
            params: { [constants.BROTLI_PARAM_QUALITY]: 10, [constants.BROTLI_PARAM_SIZE_HINT]: text.length },
          };
          await writeFile(join(folder, `${name}.br`), await promisify(brotliCompress)(text, options));
          await writeFile(join(folder, `${name}.gz`), await promisify(gzip)(text, { level: 9 }));
        }),
      );
    },
  };
}

/** Vite writes the licence of each package that it bundles; the Apache licence also asks for what a package notes beside it. */
function addNotices(): Plugin {
  let file = '';
  return {
    name: 'sallyport:add-notices',
    apply: 'build',
    configResolved(config) {
      file = resolve(config.root, config.build.outDir, 'licenses.txt');
    },
    async closeBundle() {
      const names = [...(await readFile(file, 'utf8')).matchAll(/^## (\S+) - .*Apache-2\.0/gm)].map(
        ([, name]) => name,
      );
      for (const name of names) {
        const notice = await readFile(resolve('../node_modules', String(name), 'NOTICE'), 'utf8').catch(
          () => '',
        );
        if (notice !== '') await appendFile(file, `\n## Notice of ${name}\n\n${notice}`);
      }
    },
  };
}

/** The small first script is waited for: it knows which colours a person chose, and nothing is drawn in others. */
function drawAfterEntry(): Plugin {
  return {
    name: 'sallyport:draw-after-entry',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (html) => html.replace('<script type="module"', '<script type="module" blocking="render"'),
    },
  };
}

/**
 * The entry imports the app late, so that the page is strict before anything else is evaluated. Fetched it is at once: over
 * a slow network, one file after another is what people wait for.
 */
function preloadStart(): Plugin {
  return {
    name: 'sallyport:preload-start',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle = {}, chunk }) {
        const files = new Set<string>();
        const add = (name: string): void => {
          const file = bundle[name];
          if (file?.type !== 'chunk' || files.has(name)) return;
          files.add(name);
          for (const next of file.imports) add(next);
        };
        for (const name of chunk?.dynamicImports ?? []) add(name);
        for (const name of chunk ? [chunk.fileName, ...chunk.imports] : []) files.delete(name);
        return [...files].map((name) => ({
          tag: 'link',
          attrs: { rel: 'modulepreload', crossorigin: true, href: `/${name}` },
          injectTo: 'head',
        }));
      },
    },
  };
}

export default defineConfig({
  plugins: [
    react(),
    stripSchemas(),
    sandboxPlugin(),
    drawAfterEntry(),
    preloadStart(),
    precompress(),
    addNotices(),
  ],
  // Nothing inline: the page's policy allows scripts of its own origin only.
  build: {
    outDir: 'dist',
    assetsInlineLimit: 0,
    target: 'es2023',
    modulePreload: { polyfill: false },
    license: { fileName: 'licenses.txt' },
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      // Of thousands of icons only those that are named are compiled: the build needs 400 MB less, and half of the time.
      experimental: { lazyBarrel: true },
      output: {
        // What several pages share comes in a few files and not in a hundred tiny ones, of which each costs a request. A
        // group takes along what its own imports need, or leaves that to the groups above it: files that need each
        // other would be evaluated before what they are made of. What the entry itself uses stays apart: it must load
        // nothing else before the page is strict.
        codeSplitting: {
          groups: [
            { name: 'page', test: /get-nonce|strict-page|preload-helper|rolldown[\\/]runtime/, priority: 8 },
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/, priority: 7 },
            {
              name: 'tanstack',
              test: /@tanstack[\\/](react-router|router-core|history|react-query|query-core|react-store|store)[\\/]/,
              priority: 6,
            },
            {
              name: 'icons',
              test: /@tabler[\\/]icons-react/,
              minShareCount: 2,
              includeDependenciesRecursively: false,
              priority: 5,
            },
            { name: 'mantine', test: /@mantine|@floating-ui/, minShareCount: 2, priority: 4 },
            // The schemas of the contract, which no page of a member’s parses anything with.
            {
              name: 'schemas',
              test: /node_modules[\\/]zod|contract[\\/]src[\\/](app-document|queries|values)\.ts/,
              minShareCount: 2,
              includeDependenciesRecursively: false,
              priority: 3.5,
            },
            { name: 'lib', test: /web[\\/]src[\\/]lib|contract[\\/]src/, minShareCount: 2, priority: 3 },
            // No page of a member’s has the palette.
            { name: 'ui', test: /web[\\/]src[\\/]ui[\\/](?!search-palette)/, minShareCount: 2, priority: 2 },
            {
              name: 'runtime',
              test: /web[\\/]src[\\/]runtime/,
              minShareCount: 2,
              includeDependenciesRecursively: false,
              priority: 1,
            },
          ],
        },
      },
    },
  },
  server: { port: 5173, strictPort: true, proxy: { '/v1': { target: server, changeOrigin: true } } },
});
