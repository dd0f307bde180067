/** What the guide names; all of it comes from the configuration that the demo runs on. */
export interface DemoPlaces {
  readonly gateway: string;
  readonly provider: string;
  readonly admin: string;
  readonly lab: string;
  readonly upstream: string;
  /** Where the demo's web client is sent back to. */
  readonly redirectUri: string;
  readonly configFile: string;
  readonly logFile: string;
  /** How to run a command of ours from this folder. */
  readonly command: string;
  /** Of the sign-in that the guide walks through: RFC 7636 section 4. */
  readonly pkce: { readonly verifier: string; readonly challenge: string };
}

/** Printed when the demo is ready: what is where, and commands to copy that show the whole story. */
export function demoGuide(places: DemoPlaces): string {
  const { gateway, provider, admin, lab, upstream, configFile, logFile } = places;
  return `
Gatehouse is ready. Ctrl-C stops it.

  gateway   ${gateway}/orders   opaque tokens of the provider, JWTs of the lab's identity provider
            ${gateway}/reports  JWTs of the provider
  provider  ${provider}/.well-known/openid-configuration
  admin     ${admin}/readyz  /metrics  /openapi.json
  lab       ${lab}  a federated identity provider in miniature
  upstream  ${upstream}  shows what it is told of the caller
  config    ${configFile}  changed while it runs, it is taken over at once
  log       ${logFile}

Copy into another terminal, in this folder:

${story(places)}
`;
}

function story({ gateway, provider, lab, redirectUri, command, pkce }: DemoPlaces): string {
  const authorize = `${provider}/authorize?${new URLSearchParams({
    client_id: 'web',
    response_type: 'code',
    redirect_uri: redirectUri,
    scope: 'openid offline_access orders:read',
    resource: 'https://orders.example',
    prompt: 'consent',
    code_challenge: pkce.challenge,
    code_challenge_method: 'S256',
  })}`;
  return `# 1. An opaque token for one API, and a call with it: 200
OPAQUE=$(${command} token --api orders --client reporting)
curl -i -H "Authorization: Bearer $OPAQUE" ${gateway}/orders

# 2. Another API gets a JWT: 200
JWT=$(${command} token --api reports --client reporting)
curl -i -H "Authorization: Bearer $JWT" ${gateway}/reports

# 3. A JWT of the federated identity provider, on the API of 1: 200
FOREIGN=$(curl -s ${lab}/token -d sub=mira -d scope=orders:read -d audience=https://orders.example \\
  | sed 's/.*"access_token": *"\\([^"]*\\)".*/\\1/')
curl -i -H "Authorization: Bearer $FOREIGN" ${gateway}/orders

# 4. Why is one refused? Every check, in order; and the refusal: 401
echo "$JWT" | ${command} explain --api orders
curl -i -H "Authorization: Bearer $JWT" ${gateway}/orders

# 5. Introspect and revoke ours at the provider (RFC 7662, RFC 7009): 200; the next call is refused: 401
SECRET=$(cat data/demo/reporting.secret)
curl -s -u "reporting:$SECRET" ${provider}/introspect -d token="$OPAQUE"; echo
curl -i -u "reporting:$SECRET" ${provider}/revoke -d token="$OPAQUE"
curl -i -H "Authorization: Bearer $OPAQUE" ${gateway}/orders

# 6. Revoke the foreign one here; the next call is refused: 401
echo "$FOREIGN" | ${command} revoke --reason "lost laptop"
curl -i -H "Authorization: Bearer $FOREIGN" ${gateway}/orders

# 7. A person signs in: open this in a browser as ada, password: cat data/demo/ada.password
#    ${authorize}
#    then redeem the code that the upstream shows:
curl -s ${provider}/token -d grant_type=authorization_code -d client_id=web \\
  -d redirect_uri=${redirectUri} -d code_verifier=${pkce.verifier} -d code=CODE; echo

# 8. Which token format does each API get, and why? How are the issuers' keys?
${command} advise
${command} issuers
${command} keys rotate`;
}
