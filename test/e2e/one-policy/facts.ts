/** Who calls in every one of these tests, before a provider puts it in its own way. */
export const facts = {
  subject: 'mira',
  client: 'orders-web',
  audience: 'https://orders.example',
  /** A scope that every provider can give: Cognito's are all of this form. */
  scope: 'orders/read',
  role: 'clerk',
  group: 'staff',
} as const;

/** The rules of every API, with a method of its own for each demand. */
export const demands = {
  GET: `scopes: [${facts.scope}]`,
  PUT: `roles: [${facts.role}]`,
  PATCH: `groups: [${facts.group}]`,
  POST: `clients: [${facts.client}]`,
  DELETE: `subjects: [${facts.subject}]`,
  COPY: 'consumers: [web]',
  SEARCH: `when: 'principal.subject == "${facts.subject}" && "${facts.scope}" in principal.scopes'`,
} as const;

export type Method = keyof typeof demands;
export const methods = Object.keys(demands) as readonly Method[];
