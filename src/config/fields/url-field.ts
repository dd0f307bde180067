import { isIP } from 'node:net';
import { addressKind, isLoopbackHost } from '../../net/index.ts';
import { type Reading, textField } from './text-field.ts';

const remedy = 'Write an absolute URL, such as https://id.example.com.';

/** What a host is by its very address; of names that is known only when they are resolved. */
function kindOfHost({ hostname }: URL): ReturnType<typeof addressKind> {
  const bare = hostname.replace(/^\[|\]$/g, '');
  return isIP(bare) === 0 ? 'ordinary' : addressKind(bare);
}

const addressRemedy = 'Write where the issuer really is: such an address is never called.';

/** An http or https URL without what has no place in a configuration. */
function readUrl(text: string): Reading<URL> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:\/\/[^/\s][^\s]*$/.test(text)) {
    return { reason: `"${text}" is no http or https URL`, remedy };
  }
  if (url.username !== '' || url.password !== '') {
    return { reason: 'holds a user name or password', remedy: 'Take them out of the URL.' };
  }
  return text.includes('#') ? { reason: 'has a fragment', remedy: 'Take out the "#" and the rest.' } : { value: url };
}

/**
 * A URL that others are trusted by: https, but for loopback (RFC 8414 section 2: "a URL that uses the 'https'
 * scheme"). Kept to the letter, since issuers are compared character by character.
 */
export function trustedUrlField(title: string, example: string) {
  return textField({ title, examples: [example] }, (text): Reading<string> => {
    const reading = readUrl(text);
    if (!('value' in reading)) return reading;
    const kind = kindOfHost(reading.value);
    if (kind !== 'ordinary' && kind !== 'loopback')
      return { reason: `is at a ${kind.replace('_', '-')} address`, remedy: addressRemedy };
    if (reading.value.protocol === 'https:' || isLoopbackHost(reading.value.hostname)) return { value: text };
    return { reason: 'is not https', remedy: 'Write https://…; plain http is for loopback only.' };
  });
}

/** Scheme, host and port, with no path and no slash at the end. */
export function originField(title: string, example: string, { trusted }: { trusted: boolean }) {
  return textField({ title, examples: [example] }, (text): Reading<string> => {
    const reading = readUrl(text);
    if (!('value' in reading)) return reading;
    const { origin, protocol, hostname } = reading.value;
    if (origin !== text) return { reason: `"${text}" is more than scheme, host and port`, remedy: `Write ${origin}.` };
    if (!trusted || protocol === 'https:' || isLoopbackHost(hostname)) return { value: text };
    return { reason: 'is not https', remedy: 'Write https://…; plain http is for loopback only.' };
  });
}

/** Where an API really is. Its path, if any, is put before that of each request. */
export function upstreamUrlField() {
  return textField({ title: 'URL', examples: ['http://127.0.0.1:9000'] }, (text): Reading<string> => {
    const reading = readUrl(text);
    if (!('value' in reading)) return reading;
    if (!text.includes('?')) return { value: text };
    return { reason: 'has a query', remedy: 'Take out the "?" and the rest.' };
  });
}
