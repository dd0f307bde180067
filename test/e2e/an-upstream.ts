import { aNeighbour, type Neighbour } from './a-neighbour.ts';

export interface Upstream extends Neighbour {
  /** Requests that have reached it. */
  readonly reached: () => number;
}

/** An API that answers with what reached it. */
export async function anUpstream(): Promise<Upstream> {
  let reached = 0;
  const neighbour = await aNeighbour((request, response) => {
    reached++;
    request.resume();
    const { method, url, headers } = request;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ method, url, headers }));
  });
  return { ...neighbour, reached: () => reached };
}
