// The officer's page without a network: when the pages are built, its service worker is told which files it needs.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Plugin } from 'vite';

const PAGE = 'petugas';
const BESIDE = [`/${PAGE}`, '/favicon.svg', `/${PAGE}.webmanifest`, `/${PAGE}-192.png`];

export function shellPlugin(): Plugin {
  return {
    name: 'sigap-shell',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const files = new Set(BESIDE);
        const take = (name: string) => {
          const chunk = bundle[name];
          if (!chunk || files.has(`/${name}`)) return;
          files.add(`/${name}`);
          if (chunk.type !== 'chunk') return;
          for (const style of chunk.viteMetadata?.importedCss ?? []) files.add(`/${style}`);
          for (const asset of chunk.viteMetadata?.importedAssets ?? []) files.add(`/${asset}`);
          for (const next of [...chunk.imports, ...chunk.dynamicImports]) take(next);
        };
        for (const chunk of Object.values(bundle)) if (chunk.type === 'chunk' && chunk.isEntry && chunk.name === PAGE) take(chunk.fileName);
        for (const name of Object.keys(bundle)) if (/ticker\.worker-/.test(name)) files.add(`/${name}`); // the page's clock
        const list = JSON.stringify([...files].sort(), null, 1);
        const source = readFileSync(resolve(import.meta.dirname, 'src/officer/worker.js'), 'utf8');
        // A file's name says what is in it, but for the page itself, which names the others.
        const version = createHash('sha256').update(list + source).digest('hex').slice(0, 12);
        this.emitFile({ type: 'asset', fileName: `${PAGE}-sw.js`, source: source.replace('__FILES__', list).replace('__VERSION__', version) });
      },
    },
  };
}
