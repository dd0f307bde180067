import { isScopeToken } from '../../protocol/scope.ts';
import { type Reading, textField } from './text-field.ts';

/** RFC 6749 section 3.3: a scope-token. */
export function scopeField() {
  return textField({ title: 'scope', examples: ['orders:read'] }, (text): Reading<string> => {
    if (isScopeToken(text)) return { value: text };
    const remedy = 'Write one scope per list entry, without spaces, quotes and backslashes.';
    return { reason: `"${text}" is no scope (RFC 6749 section 3.3)`, remedy };
  });
}

/** RFC 6749 appendix A.1: client-id = *VSCHAR; without spaces around it, which nobody would see. */
export function clientIdField() {
  return textField({ title: 'client id', examples: ['reporting'] }, (text): Reading<string> => {
    if (/^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(text)) return { value: text };
    return { reason: `"${text}" is no client id (RFC 6749 appendix A.1)`, remedy: 'Write printable ASCII characters.' };
  });
}

/** RFC 6749 section 3.1.2: "an absolute URI", which "MUST NOT include a fragment component". */
export function redirectUriField() {
  return textField({ title: 'URI', examples: ['https://app.example.com/callback'] }, (text): Reading<string> => {
    if (!URL.canParse(text) || /\s/.test(text)) {
      return { reason: `"${text}" is no absolute URI`, remedy: 'Write it as https://app.example.com/callback.' };
    }
    return text.includes('#')
      ? { reason: 'has a fragment', remedy: 'Take out the "#" and the rest.' }
      : { value: text };
  });
}
