import type { RequestFinished } from '../gateway/index.ts';
import { kindOf } from '../protocol/rejection.ts';
import type { Metrics } from './metrics.ts';
import type { CounterPlace, HistogramPlace } from './placed-metrics.ts';

/** The places of all that is counted for the requests of one API. */
interface ApiPlaces {
  readonly api: string;
  /** By status and code. */
  readonly requests: Map<string, CounterPlace>;
  /** By status, of those that were not refused. */
  readonly granted: Map<number | undefined, CounterPlace>;
  readonly duration: HistogramPlace;
  readonly upstream: HistogramPlace;
  readonly bytesIn: CounterPlace;
  readonly bytesOut: CounterPlace;
}

/** @returns what counts a request */
export function countRequests(metrics: Metrics): (request: RequestFinished) => void {
  const places = new Map<string, ApiPlaces>();
  return (request) => {
    const { api = 'none' } = request;
    let own = places.get(api);
    if (own === undefined) {
      own = placesOf(metrics, api);
      places.set(api, own);
    }
    requestPlace(metrics, own, request).value++;
    own.duration.observe(request.durationMs / 1000);
    if (request.upstreamMs !== undefined) own.upstream.observe(request.upstreamMs / 1000);
    own.bytesIn.value += request.bytesIn;
    own.bytesOut.value += request.bytesOut;
  };
}

function placesOf(metrics: Metrics, api: string): ApiPlaces {
  return {
    api,
    requests: new Map(),
    granted: new Map(),
    duration: metrics.requestDuration.place({ api }),
    upstream: metrics.upstreamDuration.place({ api }),
    bytesIn: metrics.bytes.place({ api, direction: 'in' }),
    bytesOut: metrics.bytes.place({ api, direction: 'out' }),
  };
}

function requestPlace(metrics: Metrics, own: ApiPlaces, { status, rejection }: RequestFinished): CounterPlace {
  const known = rejection === undefined ? own.granted.get(status) : own.requests.get(`${status} ${rejection.code}`);
  if (known !== undefined) return known;
  const check = rejection === undefined ? 'none' : kindOf(rejection).check;
  const code = rejection?.code ?? 'none';
  const made = metrics.requests.place({ api: own.api, status: String(status ?? 'none'), check, code });
  if (rejection === undefined) own.granted.set(status, made);
  else own.requests.set(`${status} ${rejection.code}`, made);
  return made;
}
