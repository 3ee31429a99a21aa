import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The server that the development page talks to; the built page is served by that server itself. */
const server = 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react()],
  // Nothing inline: the page's policy allows scripts of its own origin only.
  build: { outDir: 'dist', assetsInlineLimit: 0, target: 'es2023', modulePreload: { polyfill: false } },
  server: { port: 5173, strictPort: true, proxy: { '/v1': { target: server, changeOrigin: true } } },
});
