import { readFileSync } from 'node:fs';

/** From package.json, which lies above `src` and above `dist` alike. */
export function version(): string {
  const manifest: { version: string } = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  );
  return manifest.version;
}
