import type { NetFailure } from '../net/index.ts';

/** What may go wrong between an edge and its hub, besides what may go wrong with any request. Closed. */
const kinds = {
  token_refused: {
    title: "The hub's provider gave no token.",
    remedy:
      'Compare `revocation.follow.client` with the client at the hub: its secret, the grant client_credentials, the scope gatehouse:follow.',
  },
  token_malformed: {
    title: 'What came from the token endpoint is no token.',
    remedy: 'See that `revocation.follow.tokenEndpoint` is `/token` of the provider of the hub.',
  },
  hub_refused: {
    title: 'The hub refused.',
    remedy:
      'See that `revocation.follow.url` is that of its admin API, that `admin.hosts` names this host there, and its log.',
  },
  stream_malformed: {
    title: 'The stream holds what is not understood.',
    remedy: 'Run the same version here as at the hub; see that nothing on the way changes what passes.',
  },
  stream_gap: {
    title: 'The stream does not go on where it was.',
    remedy: 'Nothing: it is asked for anew from the last place that was reached.',
  },
  stream_late: {
    title: 'What the stream says has been under way for too long.',
    remedy: 'See what holds it back between here and the hub: a proxy that buffers, or a line that is full.',
  },
} as const;

type HubFailureCode = keyof typeof kinds | NetFailure['code'];

/** Why the hub could not be followed or told. Holds no secret. */
export class HubFailure extends Error {
  override readonly name = 'HubFailure';
  readonly code: HubFailureCode;
  readonly remedy: string;
  readonly facts: Readonly<Record<string, unknown>>;

  private constructor(code: HubFailureCode, title: string, remedy: string, facts: HubFailure['facts']) {
    super(title);
    this.code = code;
    this.remedy = remedy;
    this.facts = facts;
  }

  static of(code: keyof typeof kinds, facts: HubFailure['facts'] = {}): HubFailure {
    return new HubFailure(code, kinds[code].title, kinds[code].remedy, facts);
  }

  static ofNet({ code, title, remedy, facts }: NetFailure): HubFailure {
    return new HubFailure(code, title, remedy, facts);
  }
}
