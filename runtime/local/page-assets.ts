import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

/** One file of the page as it is sent. */
export interface Asset {
  readonly body: Buffer;
  /** The same, compressed: for a port that is forwarded. */
  readonly gzip: Buffer;
  readonly type: string;
  /** Entity tag over the body; weak, since it names both forms. */
  readonly etag: string;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/**
 * Everything the page consists of, by path. What is not in here does not exist to a browser: no path of a request ever meets the file
 * system. Read once, so that one run never serves a mix of two installations; about 230 kB, most of it uPlot.
 */
export function loadAssets(): ReadonlyMap<string, Asset> {
  const folder = fileURLToPath(new URL('./page/', import.meta.url));
  const own = readdirSync(folder).filter((name) => extname(name) in TYPES);
  const files = [...own.map((name) => [`/page/${name}`, join(folder, name)] as const), ...vendorFiles()];
  const assets = new Map(files.map(([path, file]) => [path, toAsset(path, readFileSync(file))]));
  const index = assets.get('/page/index.html');
  if (index === undefined) throw new Error(`${folder} holds no index.html`);
  return assets.set('/', index);
}

/** The libraries as npm installed them: nothing is copied into the tree, so the lock file alone says what is served. */
function vendorFiles(): readonly (readonly [string, string])[] {
  const { resolve } = createRequire(import.meta.url);
  return [
    ['/page/vendor/preact.js', resolve('preact')],
    ['/page/vendor/htm.js', join(dirname(resolve('htm')), 'htm.module.js')], // `require` names its CommonJS twin
    ['/page/vendor/uplot.js', resolve('uplot/dist/uPlot.esm.js')],
    ['/page/vendor/uplot.css', resolve('uplot/dist/uPlot.min.css')],
  ];
}

function toAsset(path: string, body: Buffer): Asset {
  const etag = `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  return { body, gzip: gzipSync(body), type: TYPES[extname(path)] ?? 'application/octet-stream', etag };
}
