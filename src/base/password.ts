import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

/** What guessing one password costs: RFC 7914 section 2. */
interface ScryptCost {
  /** Logarithm of N. */
  readonly ln: number;
  readonly r: number;
  readonly p: number;
}

export interface PasswordHash extends ScryptCost {
  readonly salt: Buffer;
  readonly hash: Buffer;
}

/** 32 MiB and about a tenth of a second, as OWASP's cheat sheet on password storage advises. */
const defaultCost: ScryptCost = { ln: 15, r: 8, p: 3 };

/** More memory than this, in bytes, one sign-in may not take: 128 MiB. */
const mostMemory = 128 * 1024 * 1024;

const form = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/;

/** @returns the password's hash in the PHC string format: `$scrypt$ln=15,r=8,p=3$SALT$HASH` */
export async function hashPassword(password: string, cost: ScryptCost = defaultCost): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derived(password, salt, 32, cost);
  return `$scrypt$ln=${cost.ln},r=${cost.r},p=${cost.p}$${unpadded(salt)}$${unpadded(hash)}`;
}

/** @returns undefined where the text is no such hash, or one that would take more than 128 MiB to compare */
export function parsePasswordHash(text: string): PasswordHash | undefined {
  const [matched, ln, r, p, salt, hash] = form.exec(text) ?? [];
  if (matched === undefined || salt === undefined || hash === undefined) return undefined;
  const cost = { ln: Number(ln), r: Number(r), p: Number(p) };
  const sound = cost.ln >= 1 && cost.r >= 1 && cost.p >= 1 && memoryOf(cost) <= mostMemory;
  return sound ? { ...cost, salt: Buffer.from(salt, 'base64'), hash: Buffer.from(hash, 'base64') } : undefined;
}

/** In constant time for a given hash. */
export async function verifyPassword(password: string, expected: PasswordHash): Promise<boolean> {
  const actual = await derived(password, expected.salt, expected.hash.length, expected);
  return timingSafeEqual(actual, expected.hash);
}

/** A hash that no password has, and that costs what the given one costs. */
export function decoyOf({ ln, r, p, salt, hash }: PasswordHash): PasswordHash {
  return { ln, r, p, salt: randomBytes(salt.length), hash: randomBytes(hash.length) };
}

/** Composed and decomposed accents are the same password (RFC 8265 section 4.2, without its table of code points). */
function derived(password: string, salt: Buffer, length: number, cost: ScryptCost): Promise<Buffer> {
  const { ln, r, p } = cost;
  return derive(password.normalize('NFC'), salt, length, { N: 2 ** ln, r, p, maxmem: 2 * mostMemory });
}

function memoryOf({ ln, r }: ScryptCost): number {
  return 128 * 2 ** ln * r;
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
