import type { Plugin } from 'vite';
import { buildSandbox } from './build-sandbox.ts';

/**
 * Adds `sandbox/index.html` and `sandbox/headers.json` to the build, which the server sends at `/sandbox`; while
 * developing, answers `/sandbox` itself.
 */
export function sandboxPlugin(): Plugin {
  return {
    name: 'sallyport-sandbox',
    async generateBundle() {
      const { html, headers } = await buildSandbox();
      this.emitFile({ type: 'asset', fileName: 'sandbox/index.html', source: html });
      this.emitFile({
        type: 'asset',
        fileName: 'sandbox/headers.json',
        source: `${JSON.stringify(headers, null, 2)}\n`,
      });
    },
    configureServer(server) {
      server.middlewares.use('/sandbox', (_request, response, next) => {
        buildSandbox().then(({ html, headers }) => {
          for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
          response.end(html);
        }, next);
      });
    },
  };
}
