import { DecryptionKeyInvalid, importDecryptionKey } from '../../tokens/index.ts';
import type { Config } from '../config.ts';
import type { Findings } from './findings.ts';

/** The keys for encrypted tokens are keys, and are kept out of the file. */
export function checkDecryption({ issuers }: Config, findings: Findings): void {
  for (const { name, decryption } of issuers) {
    decryption?.forEach(({ key, kid }, index) => {
      const path = ['issuers', name, 'decryption', index, 'key'];
      const reason = faultOf(key.reveal(), kid);
      if (reason !== undefined) findings.fault(path, `is no key to decrypt by. ${reason}`, remedy);
    });
  }
}

const remedy = 'Give an unencrypted private key, PEM or JWK: RSA of 2048 bits or more, or EC on P-256, P-384 or P-521.';

function faultOf(text: string, kid: string | undefined): string | undefined {
  try {
    importDecryptionKey(text, kid);
    return undefined;
  } catch (error) {
    if (error instanceof DecryptionKeyInvalid) return error.message.replace(/\.$/, '');
    throw error;
  }
}
