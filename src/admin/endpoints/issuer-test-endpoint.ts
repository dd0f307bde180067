import { createRoute, z } from '@hono/zod-openapi';
import { diagnoseIssuer, type IssuerDiagnosis, type IssuerQuestion, questionOfText } from '../../issuers/index.ts';
import type { AdminDependencies } from '../admin-dependencies.ts';
import type { AdminApp } from '../admin-env.ts';
import { auditCall } from '../audit-call.ts';
import { refusals, tooMany } from '../documented-refusals.ts';
import { problem } from '../problem.ts';
import { createQuota } from '../quota.ts';
import { jsonAnswer, jsonBody, jsonOf, textSchema } from '../wire.ts';

const factsSchema = z.record(z.string(), z.unknown());
const findingSchema = z.object({ code: z.string(), title: z.string(), remedy: z.string(), facts: factsSchema });

const diagnosisSchema = z
  .object({
    ok: z.boolean(),
    steps: z.array(
      z.object({
        step: z.enum(['name', 'connect', 'discovery', 'issuer', 'key_set', 'keys']),
        outcome: z.enum(['passed', 'failed', 'not reached']),
        seen: z.array(z.string()).openapi({ description: 'Some of it is in the words of the issuer.' }),
        notices: z.array(findingSchema).openapi({ description: 'What works, and will surprise all the same.' }),
        failure: findingSchema.nullable(),
      }),
    ),
    preset: z.string().nullable().openapi({ description: 'The preset that fits, by the discovery document.' }),
  })
  .openapi('IssuerDiagnosis');

const test = createRoute({
  method: 'post',
  path: '/issuers/test',
  summary: 'Try an issuer step by step, configured or not',
  description:
    'Asks the issuer itself. Loopback is tried only where a configured issuer is. At most 20 tests a minute; each is audited.',
  request: {
    body: jsonBody(
      z
        .strictObject({
          url: textSchema.openapi({ description: "An issuer's URL or domain, or its discovery document's." }),
        })
        .openapi('IssuerTest'),
    ),
  },
  responses: { 200: jsonAnswer('What each step saw, in order.', diagnosisSchema), ...refusals, ...tooMany },
});

/** Tests in a minute: enough for whoever looks for a fault, too few to look for ports. */
const testsPerMinute = 20;

export function issuerTestEndpoint(app: AdminApp, dependencies: AdminDependencies): void {
  const { http, clock, audit } = dependencies;
  const quota = createQuota(testsPerMinute, 60_000);
  app.openapi(test, async (c) => {
    const question = questionOfText(c.req.valid('json').url);
    if (question === undefined)
      return problem(c, 'input_invalid', [{ path: 'url', reason: 'is no URL and no domain' }]);
    const wait = quota.take(c.get('now'));
    if (wait > 0) {
      c.header('retry-after', String(Math.ceil(wait / 1000)));
      return problem(c, 'too_many_tests');
    }
    const namedBy = isConfigured(question, dependencies) ? 'operator' : 'peer';
    const diagnosis = await diagnoseIssuer(question, { http, clock, namedBy });
    await auditCall(c, audit, 'issuer.tested', targetOf(question), { ok: diagnosis.ok });
    return c.json(describe(diagnosis), 200);
  });
}

/** Whoever may call this API must not learn by it what listens on this machine. */
function isConfigured({ discoveryUrls }: IssuerQuestion, { issuers }: AdminDependencies): boolean {
  const origins = new Set(issuers().map(({ identifier }) => URL.parse(identifier)?.origin));
  return discoveryUrls.every((url) => origins.has(URL.parse(url)?.origin));
}

function targetOf({ discoveryUrls: [url = ''] }: IssuerQuestion): string {
  return url.replace(/[?#].*$/, '');
}

function describe({ ok, steps, found }: IssuerDiagnosis): z.infer<typeof diagnosisSchema> {
  return {
    ok,
    steps: steps.map(({ step, outcome, seen, notices, failure }) => ({
      step,
      outcome,
      seen: [...seen],
      notices: notices.map(describeFinding),
      failure: failure === undefined ? null : describeFinding(failure),
    })),
    preset: found?.guess.preset ?? null,
  };
}

function describeFinding({ code, title, remedy, facts }: z.infer<typeof findingSchema>) {
  return { code, title, remedy, facts: jsonOf(facts) };
}
