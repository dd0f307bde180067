import { z } from 'zod';

/** RFC 9110 section 5.1: field names are tokens, in any case. */
const name = /^[a-z0-9!#$%&'*+\-.^_`|~]{1,64}$/;

/** The key of a header. `description` is the remedy for one that is none. */
export const headerKey = z
  .string()
  .refine((text) => name.test(text))
  .meta({
    title: 'header',
    pattern: name.source,
    description: 'Write the name of a header in lower case, such as x-user-email.',
  });
