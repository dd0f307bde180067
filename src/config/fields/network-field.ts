import { isAddressBlock } from '../../base/address-blocks.ts';
import { type Reading, textField } from './text-field.ts';

const form = { title: 'address or network', examples: ['10.0.0.0/8', '::1'] as const };

/** An IP address, or a range of them in CIDR notation (RFC 4632). */
export function networkField() {
  return textField(form, (text): Reading<string> => {
    if (isAddressBlock(text)) return { value: text };
    return { reason: `"${text}" is no address or network`, remedy: 'Write an IP address, or a range as 10.0.0.0/8.' };
  });
}
