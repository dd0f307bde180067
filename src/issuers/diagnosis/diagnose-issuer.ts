import type { Clock } from '../../base/clock.ts';
import type { HttpClient, HttpRequest } from '../../net/index.ts';
import { type DiscoveryDocument, fetchDiscovery } from '../fetch-discovery.ts';
import { type FetchedKeys, fetchKeys } from '../fetch-keys.ts';
import { guessPreset } from '../guess-preset.ts';
import type { IssuerFailure } from '../issuer-failure.ts';
import { configuredLocation, discoveredLocation, type KeyLocation } from '../locate-keys.ts';
import { Course } from './course.ts';
import type { FoundIssuer, IssuerDiagnosis } from './diagnosis.ts';
import { recordContact, recordFailedContact } from './first-contact.ts';
import { judgeDocument } from './judge-document.ts';
import { judgeKeys, judgeNoKeys } from './judge-keys.ts';

/** What is to be found out: where an issuer is, and what it must call itself. */
export interface IssuerQuestion {
  /** Where the discovery document may be, in this order. */
  readonly discoveryUrls: readonly string[];
  /** What the document may give as `issuer`, exactly; undefined: anything. */
  readonly documentIssuers: readonly string[] | undefined;
  /** Configured: then there is no discovery. */
  readonly jwksUri?: string | undefined;
  /** Entra ID: keys that name another tenant are passed over. */
  readonly tenant?: string | undefined;
}

export interface DiagnosisDependencies {
  readonly http: HttpClient;
  readonly clock: Clock;
  /** Whether the question may lead to this machine's loopback; see `HttpRequest`. Default `operator`. */
  readonly namedBy?: NonNullable<HttpRequest['namedBy']>;
}

/**
 * Tries an issuer as it would be tried in earnest, one step after the other: its name, the connection, the discovery
 * document, what that calls itself, the key set, the keys. Nothing that it sends is remembered or acted upon.
 */
export async function diagnoseIssuer(
  question: IssuerQuestion,
  dependencies: DiagnosisDependencies,
): Promise<IssuerDiagnosis> {
  const course = new Course();
  const { location, found } =
    question.jwksUri === undefined
      ? await tryDocument(course, question, dependencies)
      : { location: configuredLocation(question.jwksUri), found: undefined };
  const keys = location && (await tryKeys(course, location, question.tenant, dependencies));
  const { steps } = course;
  const ok = steps.every(({ outcome }) => outcome === 'passed');
  return Object.freeze({ ok, steps, found: found && { ...found, keys } });
}

interface TriedDocument {
  readonly found: Omit<FoundIssuer, 'keys'> | undefined;
  /** Undefined where it leads to no keys. */
  readonly location: KeyLocation | undefined;
}

async function tryDocument(
  course: Course,
  { discoveryUrls, documentIssuers }: IssuerQuestion,
  { http, namedBy = 'operator' }: DiagnosisDependencies,
): Promise<TriedDocument> {
  const fetched = await fetchDiscovery(http, discoveryUrls, { namedBy });
  if (!fetched.ok) {
    const { failure } = fetched;
    if (recordFailedContact(course, discoveryUrls[0] ?? '', failure)) course.record('discovery', { failure });
    return { found: undefined, location: undefined };
  }
  const { url, document } = fetched.value;
  recordContact(course, url);
  const guess = guessPreset(document);
  course.record('discovery', { seen: [url, `${guess.title} (preset ${guess.preset})`] });
  const found = { documentUrl: url, document, guess };
  const isOurs = course.record('issuer', judgeDocument(fetched.value, guess, documentIssuers));
  return { found, location: isOurs ? locate(course, fetched.value) : undefined };
}

function locate(course: Course, document: DiscoveryDocument): KeyLocation | undefined {
  const location = discoveredLocation(document);
  if (location.ok) return location.value;
  course.record('key_set', { failure: location.failure });
  return undefined;
}

async function tryKeys(
  course: Course,
  location: KeyLocation,
  tenant: string | undefined,
  { http, clock, namedBy = 'operator' }: DiagnosisDependencies,
): Promise<FetchedKeys | undefined> {
  const by = location.namedBy === 'operator' ? namedBy : 'peer';
  const fetched = await fetchKeys(http, { ...location, namedBy: by }, tenant, new AbortController().signal);
  const failure = fetched.ok ? undefined : fetched.failure;
  if (location.documentUrl === undefined && !recordUndiscovered(course, location.jwksUri, failure)) return undefined;
  const isEmpty = failure?.code === 'key_set_empty';
  const seen = [location.jwksUri];
  if (!course.record('key_set', isEmpty || failure === undefined ? { seen } : { failure })) return undefined;
  course.record('keys', fetched.ok ? judgeKeys(fetched.value, clock()) : judgeNoKeys(fetched.failure));
  return fetched.ok ? fetched.value : undefined;
}

/** The key set is configured, so it is the first that is asked for. @returns whether its server was reached */
function recordUndiscovered(course: Course, jwksUri: string, failure: IssuerFailure | undefined): boolean {
  if (failure === undefined) recordContact(course, jwksUri);
  else if (!recordFailedContact(course, jwksUri, failure)) return false;
  course.record('discovery', { seen: ['not needed: the key set is configured'] });
  return course.record('issuer', { seen: ['not compared: there is no document'] });
}
