import { type Reading, textField } from './text-field.ts';

/** RFC 3986 section 3.3: the characters of a path, without those that must be percent-encoded and without "%" itself. */
const segments = /^(\/[A-Za-z0-9\-._~!$&'()*+,;=:@]+)*\/?$/;
const remedy = 'Write an absolute path such as /orders, without dot segments, query and percent signs.';

/** A canonical path; matched by whole segments. */
export function pathField() {
  return textField({ title: 'path', examples: ['/orders'] }, (text): Reading<string> => {
    const isCanonical = text.startsWith('/') && segments.test(text) && !/\/\.\.?(\/|$)/.test(text);
    return isCanonical ? { value: text } : { reason: `"${text}" is no canonical path`, remedy };
  });
}
