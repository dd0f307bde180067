import { z } from 'zod';
import { signalEventNames, transmittedEvents } from '../../signals/index.ts';
import { algorithmNames } from '../../tokens/index.ts';
import { addressField } from '../fields/address-field.ts';
import { durationField, hour, minute, second } from '../fields/duration-field.ts';
import { listOf, oneOrMore } from '../fields/list.ts';
import { named } from '../fields/named.ts';
import { networkField } from '../fields/network-field.ts';
import { secretField } from '../fields/secret-field.ts';
import { plainText } from '../fields/text-field.ts';
import { trustedUrlField } from '../fields/url-field.ts';

const transmitter = z.strictObject({
  issuer: oneOrMore(plainText('iss', 'https://acme.okta.com'))
    .optional()
    .describe("The `iss` of the signals, to the letter. Default: the preset's, else those of the issuer's tokens."),
  jwksUri: trustedUrlField('URL', 'https://acme.okta.com/oauth2/v1/keys')
    .optional()
    .describe(
      "The keys that sign the signals. Default: the preset's, else those by which the issuer's tokens are verified.",
    ),
  algorithms: listOf(z.enum(algorithmNames))
    .optional()
    .describe("Accepted signature algorithms. Default: the issuer's."),
});

const push = z.strictObject({
  authorization: secretField()
    .optional()
    .describe('The whole `Authorization` header that the transmitter was told to send. Default: none is looked at.'),
});

const poll = z.strictObject({
  endpoint: trustedUrlField('URL', 'https://id.example.com/ssf/poll').describe('Where SETs are fetched.'),
  token: secretField().optional().describe('The bearer token that the endpoint wants.'),
  interval: durationField({ min: 100, max: hour })
    .prefault('10s')
    .describe('Between two polls that brought nothing, where the transmitter does not wait.'),
  wait: durationField({ max: minute })
    .prefault('30s')
    .describe('How long the transmitter may hold a poll until there is news; `0s`: not at all.'),
});

const logout = z.strictObject({
  clients: listOf(plainText('client id', 'gatehouse')).describe(
    'The `aud` of logout tokens: client ids under which the issuer knows who signs people in.',
  ),
});

const globalRevocation = z.strictObject({
  audience: oneOrMore(plainText('URL', 'https://signals.example.com/global-token-revocation/acme')).describe(
    'The `aud` of its JWTs: the URL of this endpoint, as the issuer was told it.',
  ),
  callers: listOf(plainText('client id', '0oa7h3k9'))
    .optional()
    .describe('The `sub` of its JWTs: which of its applications may ask. Default: any.'),
});

const claim = (text: string) => plainText('claim', 'sub').optional().describe(text);

const subjects = z.strictObject({
  iss_sub: claim("The claim of the issuer's tokens that holds the `sub` of such a subject. Default: the preset's."),
  opaque: claim('Likewise for an `opaque` subject. Default: as for `iss_sub`.'),
  email: claim('Likewise for an `email` subject. Default: such a subject is refused.'),
  sessionInTokens: z
    .boolean()
    .optional()
    .describe(
      "Whether the issuer's access tokens name their session; else an event about a session of someone ends all their tokens. Default: the preset's.",
    ),
});

const receivers = named({
  issuer: plainText('name', 'acme').describe('The issuer whose tokens die.'),
  transmitter: transmitter.prefault({}).describe('Who sends the signals, where that is not the issuer itself.'),
  audience: oneOrMore(plainText('audience', 'https://signals.example.com/signals/acme'))
    .optional()
    .describe('The `aud` of Security Event Tokens; needed with `push` and `poll`.'),
  typ: listOf(plainText('typ', 'secevent+jwt', 'none'))
    .optional()
    .describe("Accepted `typ` of Security Event Tokens; `none`: absent. Default: the preset's."),
  push: z
    .union([z.boolean().transform((on): z.output<typeof push> | undefined => (on ? {} : undefined)), push])
    .optional()
    .describe('Security Event Tokens are taken at `/signals/NAME` (RFC 8935).'),
  poll: poll.optional().describe('Security Event Tokens are fetched (RFC 8936).'),
  logout: logout.optional().describe('Logout tokens are taken at `/logout/NAME` (OpenID Connect Back-Channel Logout).'),
  globalRevocation: globalRevocation
    .optional()
    .describe('Global Token Revocation, as Okta Universal Logout asks for it, at `/global-token-revocation/NAME`.'),
  events: listOf(z.enum(signalEventNames))
    .optional()
    .describe('Events by which tokens die; others are only logged. Default: all of these.'),
  subjects: subjects.prefault({}).describe('How the people that events are about are found in tokens.'),
});

const transmit = named({
  endpoint: trustedUrlField('URL', 'https://orders.example.com/signals').describe('Where SETs are pushed (RFC 8935).'),
  token: secretField()
    .optional()
    .describe('The bearer token that the endpoint wants; by the same, its owner asks for a verification event.'),
  audience: plainText('audience', 'https://orders.example.com').describe('The `aud` of the SETs.'),
  events: listOf(z.enum(transmittedEvents)).optional().describe('Which events are sent. Default: all of these.'),
});

export const signalsSchema = z.strictObject({
  listen: addressField().prefault('127.0.0.1:8083').describe('Where signals arrive. Read at start only.'),
  trustedProxies: listOf(networkField())
    .optional()
    .describe('Proxies whose `X-Forwarded-For` is believed when refusals are counted.'),
  receivers: receivers.prefault({}).describe('Who says that tokens are to die, by a name of your own.'),
  transmit: transmit.prefault({}).describe("Who hears of revocations of our provider's tokens, by a name of your own."),
});

/** Milliseconds: the longest `wait` of a poll, and a little for the answer itself. */
export const longestPoll = minute + 5 * second;
