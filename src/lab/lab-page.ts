import { presetIntrospection } from '../issuers/index.ts';
import { labClient } from './lab-client.ts';
import { type LabIssuer, labFaults } from './lab-issuer.ts';
import { ownCommand } from './own-command.ts';

/** What the lab says of itself: its issuers as they are written in a configuration, and how to play with them. */
export function labPage(issuers: readonly LabIssuer[]): string {
  const names = issuers.map(nameOf).join(', ');
  return `Identity providers in miniature, for trying out policies on this machine.
Their tokens prove nothing: whoever reaches this port can make any.

# For gatehouse.yaml: the issuers that are to be tried. Their opaque tokens look alike, so APIs ask in order.
issuers:
${issuers.map(configOf).join('\n')}

# In an API that takes their tokens:
#   accept: [${names}]
#   introspection: { ask: in-order }

${commands(issuers)}
`;
}

/** As the lab's issuers are called in a configuration. */
export function nameOf({ name }: LabIssuer): string {
  return `lab-${name}`;
}

/** An issuer as it is written in a configuration. */
export function configOf(issuer: LabIssuer): string {
  const { preset } = issuer.shape;
  const clients = preset === 'cognito' || preset === 'google' ? ['    clients: [lab-client]'] : [];
  return [
    `  ${nameOf(issuer)}:`,
    `    preset: ${preset}`,
    `    issuer: ${issuer.identifier}`,
    ...clients,
    `    introspection: { ${[...endpointOf(issuer), authenticationOf(issuer)].join(', ')} }`,
  ].join('\n');
}

/** Where the preset knows the place, it is left out. */
function endpointOf(issuer: LabIssuer): readonly string[] {
  const endpoint = issuer.endpoint('introspection');
  const known = presetIntrospection(issuer.shape.preset, issuer.identifier).endpoint;
  return endpoint === known ? [] : [`endpoint: ${endpoint}`];
}

function authenticationOf({ shape }: LabIssuer): string {
  if (shape.introspectionProtocol === 'tokeninfo') return 'authentication: none';
  return `client: { id: ${labClient.id}, secret: ${labClient.secret} }`;
}

function commands(issuers: readonly LabIssuer[]): string {
  const example = issuers.find(({ name }) => name === 'okta') ?? issuers[0];
  if (example === undefined) return '';
  const credentials = `${labClient.id}:${labClient.secret}`;
  return `# A token of any of them: sub, client_id, scope, audience, ttl (seconds), alg, claims (JSON) say what is in it;
# format=opaque makes it opaque, encrypt_to=JWK encrypts it, status=true gives it a place in a status list.
curl -s ${example.below('/token')} -d sub=mira -d client_id=lab-client \\
  -d scope=orders:read -d audience=https://orders.example

# What its issuer says of it, and its end there (the gateway hears of that only by asking).
curl -s -u ${credentials} ${example.endpoint('introspection')} -d token=TOKEN
curl -s -u ${credentials} ${example.endpoint('revocation')} -d token=TOKEN

# With status=true, what the status list says of it: invalid, suspended, valid. The gateway sees it within seconds.
curl -s ${example.below('/status')} -d status=suspended -d token=TOKEN

# It says that someone's tokens are to die (signals.receivers.NAME): kind=set, logout or global-revocation;
# sub, sid, event, audience, authorization and claims (JSON) say what is in it.
curl -s ${example.below('/signal')} -d to=http://127.0.0.1:8083/signals/NAME -d sub=mira -d event=session-revoked

# Another key signs; with drop=true the earlier ones are withdrawn at once.
curl -s -X POST ${example.below('/rotate')} -d drop=true

# Break it, and see what Gatehouse makes of it: ${labFaults.join(', ')}; none mends it.
curl -s ${example.below('/break')} -d fault=down
${ownCommand} issuers test ${example.identifier}`;
}
