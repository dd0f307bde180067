import { z } from 'zod';
import { Secret } from '../secret.ts';
import { issue } from './text-field.ts';

/**
 * A secret: `${NAME}`, `{ file: PATH }`, or the value itself. References are resolved before the schema is asked, so
 * that only the text is ever seen here; the other form is for editors.
 */
export function secretField() {
  return z
    .union([z.string(), z.strictObject({ file: z.string().describe('File that holds the secret and nothing else.') })])
    .meta({ title: 'secret', examples: [`\${NAME}`] })
    .transform((value, context): Secret => {
      if (typeof value === 'string' && value !== '') return new Secret(value);
      context.addIssue(issue('is empty', `Write \${NAME} or { file: PATH }.`));
      return z.NEVER;
    });
}
