import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { getCACertificates } from 'node:tls';
import { HttpOptionsInvalid } from './http-options-invalid.ts';

const pemCertificate = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/**
 * Node's default authorities and those of the file, as PEM.
 *
 * @returns undefined without a file: Node's own default then holds
 * @throws HttpOptionsInvalid
 */
export function trustedAuthorities(caFile: string | undefined): string[] | undefined {
  if (caFile === undefined) return undefined;
  const text = read(caFile);
  const certificates = text.match(pemCertificate) ?? [];
  if (certificates.length === 0) throw unusable(caFile, 'holds no certificate', remedyFor(text));
  const damaged = certificates.findIndex((pem) => !isCertificate(pem));
  if (damaged !== -1) throw unusable(caFile, `holds a damaged certificate: number ${damaged + 1} in it`, copyAgain);
  return [...getCACertificates('default'), ...certificates];
}

const wanted = 'Name a PEM file that holds one or more certificates.';
const copyAgain = 'Copy the file anew, from the first BEGIN line to the last END line.';

const readFailures: Readonly<Record<string, readonly [reason: string, remedy: string]>> = {
  ENOENT: ['does not exist', wanted],
  EACCES: ['may not be read by this user', 'Let the user read it that runs Gatehouse.'],
  EISDIR: ['is a directory', wanted],
};

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw unusable(path, ...(readFailures[code] ?? [`cannot be read (${code})`, wanted]));
  }
}

/** DER begins with the tag of a sequence and a length of two bytes, of which UTF-8 makes a mark of replacement. */
function remedyFor(text: string): string {
  if (text.includes('PRIVATE KEY-----')) return `It holds a private key, which does not belong here. ${wanted}`;
  if (text.startsWith('0\u{fffd}'))
    return 'It looks like DER: `openssl x509 -inform der -in FILE -out FILE.pem` makes PEM of it.';
  return wanted;
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}

function unusable(path: string, reason: string, remedy: string): HttpOptionsInvalid {
  return new HttpOptionsInvalid('caFile', `The CA file ${path} ${reason}`, remedy);
}
