import { randomUUID } from 'node:crypto';

export const labSignalKinds = ['set', 'logout', 'global-revocation'] as const;

/** A signal of the lab: what it says, and where it is sent. */
export interface LabSignal {
  readonly kind: (typeof labSignalKinds)[number];
  /** A loopback URL: the lab is no tool against others. */
  readonly to: string;
  /** The person, as in `sub` of the token endpoint. */
  readonly subject: string | undefined;
  readonly session: string | undefined;
  /** Default: `to`; of a logout token, `lab-client`. */
  readonly audience: string | undefined;
  /** Of a SET: the short name of a CAEP event, or any event type in full. */
  readonly event: string;
  /** Put over the claims. */
  readonly claims: Readonly<Record<string, unknown>>;
  /** `Authorization` header that is sent along with a SET. */
  readonly authorization: string | undefined;
}

/** A signal as it goes over the wire, but for its signature. */
export interface ShapedSignal {
  readonly typ: string;
  readonly claims: Readonly<Record<string, unknown>>;
}

interface Sender {
  readonly issuer: string;
  readonly nowSeconds: number;
  /** What the provider's events call the person. */
  readonly person: string;
}

type Shaper = (signal: LabSignal, sender: Sender) => ShapedSignal;

const shapers: Readonly<Record<LabSignal['kind'], Shaper>> = {
  set: ({ event, session, to, audience = to }, sender) => ({
    typ: 'secevent+jwt',
    claims: { aud: audience, sub_id: subjectOf(session, sender), events: { [typeOf(event)]: timeOf(sender) } },
  }),
  logout: ({ subject, session, audience = 'lab-client' }, { nowSeconds, person }) => ({
    typ: 'logout+jwt',
    claims: {
      aud: audience,
      exp: nowSeconds + 120,
      ...(subject !== undefined && { sub: person }),
      ...(session !== undefined && { sid: session }),
      events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
    },
  }),
  'global-revocation': ({ to, audience = to }, { nowSeconds }) => ({
    typ: 'global-token-revocation+jwt',
    claims: { aud: audience, sub: 'lab-client', exp: nowSeconds + 300 },
  }),
};

/** As the specification of its kind has it: RFC 8417, OpenID Connect Back-Channel Logout, Global Token Revocation. */
export function shapeSignal(signal: LabSignal, sender: Sender): ShapedSignal {
  const { typ, claims } = shapers[signal.kind](signal, sender);
  const common = { iss: sender.issuer, iat: sender.nowSeconds, jti: randomUUID() };
  return { typ, claims: { ...common, ...claims, ...signal.claims } };
}

/** What a global revocation names whom by, beside its JWT. */
export function personOf({ issuer, person }: Pick<Sender, 'issuer' | 'person'>) {
  return { format: 'iss_sub', iss: issuer, sub: person };
}

function subjectOf(session: string | undefined, sender: Sender): object {
  const user = personOf(sender);
  return session === undefined ? user : { format: 'complex', user, session: { format: 'opaque', id: session } };
}

function timeOf({ nowSeconds }: Sender): object {
  return { event_timestamp: nowSeconds, reason_admin: { en: 'sent from the lab' } };
}

function typeOf(event: string): string {
  return event.includes(':') ? event : `https://schemas.openid.net/secevent/caep/event-type/${event}`;
}
