import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * Nothing leaves the page, and the browser enforces it. Inline styles are for Monaco and React Flow,
 * `data:` for the fonts and images that they inline; scripts and workers come from our files alone.
 * Only in built pages: the dev server needs inline scripts and a web socket.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data:",
  "worker-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

function contentSecurityPolicy(): Plugin {
  return {
    name: 'content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: CONTENT_SECURITY_POLICY },
        injectTo: 'head-prepend',
      },
    ],
  };
}

export default defineConfig({
  // Relative, so that a build works under any path: a sub-folder of a site, a file share, an iframe.
  base: './',
  plugins: [react(), contentSecurityPolicy()],
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    manifest: true,
    // Monaco is larger than any limit worth a warning, and loads only when asked for; budgets are
    // checked by size-limit.
    chunkSizeWarningLimit: 5000,
    rolldownOptions: {
      input: ['index.html', 'embed.html'].map((page) => here(page)).filter((page) => existsSync(page)),
    },
  },
  preview: { host: '127.0.0.1', port: 4173 },
  server: { host: '127.0.0.1', port: 5173 },
});
