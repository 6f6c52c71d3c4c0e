import { svelte } from '@sveltejs/vite-plugin-svelte';
import { resolve } from 'node:path';
import { defineConfig } from 'vite';
import { landPlugin } from './land.ts';
import { shellPlugin } from './shell.ts';

// One HTML file a page; the server serves konsol.html at /konsol.
const pages = ['index', 'konsol', 'petugas', 'lacak', 'admin', 'jaga', 'mutu', 'rekaman', 'laporan', 'pengaduan', 'adu'];

export default defineConfig({
  plugins: [svelte(), landPlugin(), shellPlugin()],
  build: {
    target: 'es2022',
    rollupOptions: { input: Object.fromEntries(pages.map((page) => [page, resolve(import.meta.dirname, `${page}.html`)])) },
    chunkSizeWarningLimit: 1200, // the map's library, loaded on demand
  },
});
