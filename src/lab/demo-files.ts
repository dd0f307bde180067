import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StartupFailure } from '../app/index.ts';
import { hashPassword } from '../base/password.ts';
import { generateOpaqueToken } from '../opaque/index.ts';

/** Above `src` and above `dist` alike. */
const shipped = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** Where the demo keeps what the shipped configuration refers to. */
const demoFolder = join('data', 'demo');

/**
 * Makes what is missing: the configuration, and the secrets that it refers to, readable by their owner alone. What is
 * there stays as it is, so that the demo can be changed and started again.
 *
 * @throws StartupFailure where this user may not write here
 */
export async function prepareDemoFiles(configFile: string): Promise<void> {
  try {
    if (!existsSync(configFile) && basename(configFile) === 'gatehouse.yaml') writeConfig(configFile);
    mkdirSync(demoFolder, { recursive: true, mode: 0o700 });
    writeOnce('reporting.secret', () => generateOpaqueToken('ghs_'));
    await writePassword();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartupFailure(
      `cannot write the files of the demo: ${reason}. Remedy: start it in a folder that this user may write to`,
    );
  }
}

/** The copy names the schema from where it lies, so that editors find it. */
function writeConfig(file: string): void {
  const text = readFileSync(shipped('demo/gatehouse.yaml'), 'utf8');
  const schema = relative(dirname(resolve(file)), shipped('config.schema.json'));
  writeFileSync(file, text.replace('$schema=../config.schema.json', `$schema=${schema}`));
}

async function writePassword(): Promise<void> {
  if (existsSync(join(demoFolder, 'ada.password-hash'))) return;
  const password = randomBytes(9).toString('base64url');
  const hash = await hashPassword(password);
  writeFileSync(join(demoFolder, 'ada.password'), `${password}\n`, { mode: 0o600 });
  writeOnce('ada.password-hash', () => hash);
}

function writeOnce(name: string, make: () => string): void {
  const file = join(demoFolder, name);
  if (!existsSync(file)) writeFileSync(file, `${make()}\n`, { mode: 0o600 });
}
