import { crc32 } from 'node:zlib';
import { base62 } from './base62.ts';
import { randomBase62 } from './random-base62.ts';

/** What each prefix says of the value behind it, for people, secret scanners and us. */
export const opaquePrefixes = {
  gho_: 'access token',
  ghr_: 'refresh token',
  ghc_: 'authorization code',
  ghs_: 'client secret',
} as const;

export type OpaquePrefix = keyof typeof opaquePrefixes;

/** 43 digits of base 62 are 256 bits of chance; a CRC-32 fills 6. */
const randomLength = 43;
const checksumLength = 6;
const form = /^(gh[orcs]_)[0-9A-Za-z]{49}$/;

/**
 * Makes an unguessable value: prefix, 43 random characters, 6 of checksum. The checksum covers the prefix too, so
 * that no kind can be taken for another by a slip of the hand. It is no secret and proves nothing.
 *
 * @param prefix default `gho_`, an access token
 */
export function generateOpaqueToken(prefix: OpaquePrefix = 'gho_'): string {
  const body = prefix + randomBase62(randomLength);
  return body + checksumOf(body);
}

/** The prefix of ours that a value begins with, whether or not the rest is whole. */
export function opaquePrefixOf(value: string): OpaquePrefix | undefined {
  const prefix = value.slice(0, 4);
  return Object.hasOwn(opaquePrefixes, prefix) ? (prefix as OpaquePrefix) : undefined;
}

/** Prefix, length and alphabet; says nothing about the checksum. */
export function isOpaqueForm(value: string): boolean {
  return form.test(value);
}

/** False for every value that was cut off or had one of its characters changed: no need to ask a store about it. */
export function checksumFits(value: string): boolean {
  return isOpaqueForm(value) && checksumOf(value.slice(0, -checksumLength)) === value.slice(-checksumLength);
}

function checksumOf(body: string): string {
  return base62(crc32(body), checksumLength);
}
