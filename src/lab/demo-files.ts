import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateOpaqueToken } from '../opaque/index.ts';
import { hashPassword } from '../provider/index.ts';

/** Above `src` and above `dist` alike. */
const shippedConfig = fileURLToPath(new URL('../../demo/gatehouse.yaml', import.meta.url));

/** Where the demo keeps what the shipped configuration refers to. */
const demoFolder = join('data', 'demo');

/**
 * Makes what is missing: the configuration, and the secrets that it refers to, readable by their owner alone. What is
 * there stays as it is, so that the demo can be changed and started again.
 */
export async function prepareDemoFiles(configFile: string): Promise<void> {
  if (!existsSync(configFile) && basename(configFile) === 'gatehouse.yaml') copyFileSync(shippedConfig, configFile);
  mkdirSync(demoFolder, { recursive: true, mode: 0o700 });
  writeOnce('reporting.secret', () => generateOpaqueToken('ghs_'));
  if (existsSync(join(demoFolder, 'ada.password-hash'))) return;
  const password = randomBytes(9).toString('base64url');
  writeOnce('ada.password', () => password);
  const hash = await hashPassword(password);
  writeOnce('ada.password-hash', () => hash);
}

function writeOnce(name: string, make: () => string): void {
  const file = join(demoFolder, name);
  if (!existsSync(file)) writeFileSync(file, `${make()}\n`, { mode: 0o600 });
}
