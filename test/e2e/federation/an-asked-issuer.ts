import { aNeighbour, type Neighbour } from '../a-neighbour.ts';

type Claims = Readonly<Record<string, unknown>>;

/** An issuer that is asked about its tokens, and answers by what the test knows. */
export interface AskedIssuer extends Neighbour {
  /** What is said of each token; what is not here is not active. */
  readonly known: Map<string, Claims>;
  /** The tokens that it was asked about, in order. */
  readonly asked: string[];
  /** The `Authorization` of the last question. */
  readonly shown: () => string | undefined;
  /** Answers 503 from now on, or again what it knows. */
  fail(isDown: boolean): void;
}

export async function anAskedIssuer(): Promise<AskedIssuer> {
  const known = new Map<string, Claims>();
  const asked: string[] = [];
  let shown: string | undefined;
  let down = false;
  const neighbour = await aNeighbour(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const token = new URLSearchParams(body).get('token') ?? '';
    asked.push(token);
    shown = request.headers.authorization;
    const claims = known.get(token);
    response.writeHead(down ? 503 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(claims === undefined ? { active: false } : { active: true, ...claims }));
  });
  return {
    ...neighbour,
    known,
    asked,
    shown: () => shown,
    fail(isDown) {
      down = isDown;
    },
  };
}
