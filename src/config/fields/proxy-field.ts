import { Secret } from '../secret.ts';
import { type Reading, textField } from './text-field.ts';

/** Whence it is known by which proxy others are called. A proxy's URL may hold a password. */
export type ProxyChoice = { readonly from: 'environment' | 'none' } | { readonly from: 'url'; readonly url: Secret };

const form = { title: 'proxy', examples: ['environment', 'none', 'http://proxy.internal.example:3128'] as const };
const remedy = 'Write environment, none, or the URL of the proxy, such as http://proxy.internal.example:3128.';

export function proxyField() {
  return textField(form, (text): Reading<ProxyChoice> => {
    if (text === 'environment' || text === 'none') return { value: { from: text } };
    if (/^https?:$/.test(URL.parse(text)?.protocol ?? '')) return { value: { from: 'url', url: new Secret(text) } };
    return { reason: `"${text}" is no proxy`, remedy };
  });
}
