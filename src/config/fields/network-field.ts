import { isIP } from 'node:net';
import { type Reading, textField } from './text-field.ts';

const form = { title: 'address or network', examples: ['10.0.0.0/8', '::1'] as const };

/** An IP address, or a range of them in CIDR notation (RFC 4632). */
export function networkField() {
  return textField(form, (text): Reading<string> => {
    const [, address = '', prefix] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
    const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
    if (bits >= Number(prefix ?? 0)) return { value: text };
    return { reason: `"${text}" is no address or network`, remedy: 'Write an IP address, or a range as 10.0.0.0/8.' };
  });
}
