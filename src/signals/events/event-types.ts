import type { JsonObject } from '../../base/json.ts';

const caep = 'https://schemas.openid.net/secevent/caep/event-type/';
const risc = 'https://schemas.openid.net/secevent/risc/event-type/';
const oauth = 'https://schemas.openid.net/secevent/oauth/event-type/';
const ssf = 'https://schemas.openid.net/secevent/ssf/event-type/';

/** By the name in the configuration, the events by which tokens die. */
const revokingEvents = {
  // CAEP 1.0 sections 3.1 to 3.3
  'session-revoked': { types: [`${caep}session-revoked`] },
  'token-claims-change': { types: [`${caep}token-claims-change`] },
  // What is new endangers nobody: whoever signed in before did so by something else.
  'credential-change': { types: [`${caep}credential-change`], unless: ({ change_type }) => change_type === 'create' },
  // RISC 1.0 section 2
  'account-disabled': { types: [`${risc}account-disabled`] },
  'account-purged': { types: [`${risc}account-purged`] },
  'account-credential-change-required': { types: [`${risc}account-credential-change-required`] },
  'credential-compromise': { types: [`${risc}credential-compromise`] },
  'sessions-revoked': { types: [`${risc}sessions-revoked`] },
  // OAuth Event Types 1.0 (draft) section 3; Google sends both
  'tokens-revoked': { types: [`${oauth}tokens-revoked`] },
  'token-revoked': { types: [`${oauth}token-revoked`] },
} as const satisfies Record<string, RevokingEvent>;

interface RevokingEvent {
  readonly types: readonly string[];
  /** There is nothing to revoke where the event says this. */
  unless?(payload: JsonObject): boolean;
}

export type SignalEventName = keyof typeof revokingEvents;

export const signalEventNames = Object.keys(revokingEvents) as readonly SignalEventName[];

/** Events that are known, and by which nothing is revoked. */
const notedEvents: ReadonlyMap<string, string> = new Map([
  // SSF 1.0 sections 8.1.4 and 8.1.5; RISC's own for Google
  [`${ssf}verification`, 'verification'],
  [`${risc}verification`, 'verification'],
  [`${ssf}stream-updated`, 'stream-updated'],
  ...['assurance-level-change', 'device-compliance-change', 'risk-level-change'].map(at(caep)),
  ...['session-established', 'session-presented'].map(at(caep)),
  ...['account-enabled', 'identifier-changed', 'identifier-recycled'].map(at(risc)),
  ...['opt-in', 'opt-out-initiated', 'opt-out-cancelled', 'opt-out-effective'].map(at(risc)),
  ...['recovery-activated', 'recovery-information-changed'].map(at(risc)),
]);

function at(base: string) {
  return (name: string): [string, string] => [base + name, name];
}

const byType: ReadonlyMap<string, SignalEventName> = new Map(
  signalEventNames.flatMap((name) => revokingEvents[name].types.map((type) => [type, name] as const)),
);

/** What an event asks for. */
export type EventMeaning =
  | { readonly kind: 'revoke'; readonly name: SignalEventName }
  | { readonly kind: 'note'; readonly name: string }
  /** Section 2 of RFC 8417 lets each recipient choose which events it understands: they are told of, and do nothing. */
  | { readonly kind: 'unknown' };

/** @param wanted the events by which tokens of this receiver die */
export function meaningOf(type: string, payload: JsonObject, wanted: ReadonlySet<SignalEventName>): EventMeaning {
  const name = byType.get(type);
  if (name === undefined) {
    const noted = notedEvents.get(type);
    return noted === undefined ? { kind: 'unknown' } : { kind: 'note', name: noted };
  }
  const event: RevokingEvent = revokingEvents[name];
  return wanted.has(name) && event.unless?.(payload) !== true ? { kind: 'revoke', name } : { kind: 'note', name };
}

/** The first type of an event, for those who send it. */
export function eventType(name: SignalEventName): string {
  return revokingEvents[name].types[0];
}

/** SSF 1.0 section 8.1.4.1 */
export const verificationType = `${ssf}verification`;
