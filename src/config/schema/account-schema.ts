import { z } from 'zod';
import { secretField } from '../fields/secret-field.ts';
import { plainText } from '../fields/text-field.ts';

export const accountSchema = z.strictObject({
  username: plainText('text', 'ada').describe('What they sign in with.'),
  password: secretField().describe('The scrypt hash of their password: `$scrypt$ln=15,r=8,p=3$SALT$HASH`.'),
  subject: plainText('text', 'ada').optional().describe('Their `sub`. Default: the username.'),
  claims: z
    .record(z.string(), z.json())
    .optional()
    .describe('What is said of them; `email` and its like follow OpenID Connect Core section 5.1.'),
});
