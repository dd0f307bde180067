import type { IssuerShape } from './issuer-shape.ts';
import { adfs } from './shapes/adfs.ts';
import { auth0 } from './shapes/auth0.ts';
import { cognito } from './shapes/cognito.ts';
import { entraV1, entraV2 } from './shapes/entra.ts';
import { google } from './shapes/google.ts';
import { keycloak } from './shapes/keycloak.ts';
import { okta } from './shapes/okta.ts';
import { pingfederate } from './shapes/pingfederate.ts';
import { pingone } from './shapes/pingone.ts';
import { standard } from './shapes/standard.ts';

/** The issuers of the lab, by name. The first is the one of the demo; the others are shaped like real providers. */
export const issuerShapes: Readonly<Record<string, IssuerShape>> = Object.freeze({
  standard,
  okta,
  auth0,
  cognito,
  adfs,
  'entra-v1': entraV1,
  'entra-v2': entraV2,
  pingfederate,
  pingone,
  google,
  keycloak,
});
