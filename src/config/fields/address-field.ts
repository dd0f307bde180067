import { isIP } from 'node:net';
import { type Reading, textField } from './text-field.ts';

/** Where to listen. Port 0 lets the system choose. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

const form = { title: 'host:port', examples: ['127.0.0.1:8080', '[::1]:8080'] as const };
const remedy = 'Write HOST:PORT, such as 127.0.0.1:8080 or [::1]:8080; 0.0.0.0:8080 is every address.';
const hostName = /^(?!-)[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})*$/;

/** `HOST:PORT` to listen on. */
export function addressField() {
  return textField(form, (text): Reading<Address> => {
    const [, bracketed, bare, digits = ''] = /^(?:\[([^\]]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(text) ?? [];
    const port = Number(digits);
    const isHost = bracketed === undefined ? hostName.test(bare ?? '') : isIP(bracketed) === 6;
    if (isHost && port <= 65_535) return { value: { host: bracketed ?? bare ?? '', port } };
    return { reason: `"${text}" is no address to listen on`, remedy };
  });
}
