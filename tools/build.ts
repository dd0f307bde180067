import { execFileSync } from 'node:child_process';
import { cp, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** Makes dist/ for the package: Node strips types from a checkout's source, but not below node_modules. */
const root = fileURLToPath(new URL('..', import.meta.url));

await rm(`${root}dist`, { recursive: true, force: true });
execFileSync(process.execPath, [`${root}node_modules/typescript/bin/tsc`, '--project', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
});
for (const engine of ['sqlite', 'postgres']) {
  const migrations = `store/${engine}/migrations`;
  await cp(`${root}src/${migrations}`, `${root}dist/${migrations}`, { recursive: true });
}
