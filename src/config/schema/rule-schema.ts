import { z } from 'zod';

const text = (title: string, example: string) => z.string().meta({ title, examples: [example] });

/** What a rule's entries may look like is for src/policy to say; it is asked when all the rest is sound. */
const ruleSchema = z.strictObject({
  methods: z
    .array(text('method', 'GET'))
    .optional()
    .describe('Methods that the rule covers; `GET` covers `HEAD` too. Default: all.'),
  scopes: z.array(text('scope', 'orders:read')).optional().describe('Scopes that are all needed.'),
  roles: z.array(text('role', 'clerk')).optional().describe('Roles of which one is needed.'),
  groups: z.array(text('group', '/staff')).optional().describe('Groups of which one is needed.'),
  clients: z.array(text('client id', 'reporting')).optional().describe('Clients that may call, within their issuer.'),
  subjects: z.array(text('subject', 'ada')).optional().describe('Subjects that may call, within their issuer.'),
  consumers: z.array(text('name', 'acme-web')).optional().describe('Consumers of which the caller must be one.'),
  issuers: z.array(text('name', 'acme')).optional().describe('Issuers (or `provider`) whose tokens the rule is for.'),
  when: text('CEL expression', 'principal.claims.email_verified == true')
    .optional()
    .describe('A CEL expression over `principal` and `request` that must be true.'),
});

export const rulesSchema = z
  .array(ruleSchema)
  .describe('Who may call. Any rule that covers the method and is met allows; what no rule covers is refused.');
