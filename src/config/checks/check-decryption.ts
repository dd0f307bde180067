import { DecryptionKeyInvalid, importDecryptionKey } from '../../tokens/index.ts';
import type { Config } from '../config.ts';
import type { Findings } from './findings.ts';

/** The keys for encrypted tokens are keys, and are kept out of the file. */
export function checkDecryption({ issuers }: Config, findings: Findings): void {
  for (const { name, decryption } of issuers) {
    decryption?.forEach(({ key, kid }, index) => {
      const path = ['issuers', name, 'decryption', index, 'key'];
      const reason = faultOf(key.reveal(), kid);
      if (reason !== undefined) findings.fault(path, 'is no key to decrypt by', reason);
    });
  }
}

/** What the key is not says what it should be. */
function faultOf(text: string, kid: string | undefined): string | undefined {
  try {
    importDecryptionKey(text, kid);
    return undefined;
  } catch (error) {
    if (error instanceof DecryptionKeyInvalid) return error.message;
    throw error;
  }
}
