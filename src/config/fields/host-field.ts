import { isIP } from 'node:net';
import { type Reading, textField } from './text-field.ts';

const name = /^(\*\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;
const remedy = 'Write a host name in lower case without port, such as api.example.com or *.example.com.';

/** The host of a request, without port. */
export function hostField() {
  return textField({ title: 'host', examples: ['api.example.com', '*.example.com'] }, (text): Reading<string> => {
    const isHost = name.test(text) || (text.startsWith('[') && isIP(text.slice(1, -1)) === 6);
    return isHost ? { value: text } : { reason: `"${text}" is no host name`, remedy };
  });
}
