import { z } from '@hono/zod-openapi';
import type { IssuedToken, SubjectToken, TokenSelection } from '../../provider/index.ts';
import type { InputFault } from '../problem.ts';
import { isoTime, textSchema } from '../wire.ts';

const subjectTokenSchema = z
  .object({
    issuer: z.string(),
    hash: z.string().openapi({ description: 'SHA-256 of the token, as in the log.' }),
    id: z.string().nullable(),
    subject: z.string().nullable(),
    client: z.string().nullable(),
  })
  .openapi('SubjectToken');

export const tokenSchema = z
  .object({
    id: z.string().openapi({ description: '`jti`. The value of a token is kept nowhere.' }),
    hash: z.string().openapi({ description: 'SHA-256 of the token, as in the log.' }),
    kind: z.enum(['jwt', 'opaque']),
    client: z.string(),
    subject: z.string(),
    audience: z.string().nullable(),
    scopes: z.array(z.string()),
    grant: z.string().nullable().openapi({ description: 'What a user granted; its tokens die together.' }),
    session: z.string().nullable(),
    key: z.string().nullable().openapi({ description: '`kid` of the key that signed it; null for an opaque token.' }),
    exchanged_from: z.array(subjectTokenSchema).openapi({
      description: 'What it was exchanged for, the nearest first: it dies with each of them.',
    }),
    issued_at: z.string(),
    expires_at: z.string(),
  })
  .openapi('Token');

/** Which tokens: those that fit everything that is given. */
export const selectionQuery = {
  subject: textSchema.optional(),
  client: textSchema.optional(),
  grant: textSchema.optional(),
};

interface SelectionForm {
  readonly subject?: string | undefined;
  readonly client?: string | undefined;
  readonly grant?: string | undefined;
}

export function selectionOf({ subject, client, grant }: SelectionForm): TokenSelection {
  return { subject, client, grantId: grant };
}

/** What is done to all tokens of a selection is never done for want of one, nor to more than was meant. */
export function selectionFault({ subject, client, grant }: SelectionForm): InputFault | undefined {
  const isOfPeople = subject !== undefined || client !== undefined;
  if (!isOfPeople && grant === undefined) return { path: 'query', reason: 'names neither subject, client nor grant' };
  if (isOfPeople && grant !== undefined) return { path: 'grant', reason: 'says whose it is: name nothing else' };
  return undefined;
}

export function describeToken(token: IssuedToken): z.infer<typeof tokenSchema> {
  return {
    id: token.id,
    hash: token.hash,
    kind: token.kind,
    client: token.client,
    subject: token.subject,
    audience: token.audience ?? null,
    scopes: [...token.scopes],
    grant: token.grantId ?? null,
    session: token.session ?? null,
    key: token.keyId ?? null,
    exchanged_from: token.subjectTokens.map(describeSubjectToken),
    issued_at: isoTime(token.issuedAt * 1000),
    expires_at: isoTime(token.expiresAt),
  };
}

function describeSubjectToken({ issuer, hash, id, subject, client }: SubjectToken): z.infer<typeof subjectTokenSchema> {
  return { issuer, hash, id: id ?? null, subject: subject ?? null, client: client ?? null };
}
