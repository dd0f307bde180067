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
  const certificates = read(caFile).match(pemCertificate) ?? [];
  if (certificates.length === 0) throw unusable(caFile, 'holds no certificate');
  if (!certificates.every(isCertificate)) throw unusable(caFile, 'holds a damaged certificate');
  return [...getCACertificates('default'), ...certificates];
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw unusable(path, 'cannot be read');
  }
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}

function unusable(path: string, reason: string): HttpOptionsInvalid {
  const remedy = 'Name a readable PEM file that holds one or more certificates.';
  return new HttpOptionsInvalid('caFile', `The CA file ${path} ${reason}`, remedy);
}
