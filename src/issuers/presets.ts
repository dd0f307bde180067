import type { Preset, PresetName } from './preset.ts';
import { adfs } from './presets/adfs.ts';
import { auth0 } from './presets/auth0.ts';
import { cognito } from './presets/cognito.ts';
import { entraV1 } from './presets/entra-v1.ts';
import { entraV2 } from './presets/entra-v2.ts';
import { google } from './presets/google.ts';
import { keycloak } from './presets/keycloak.ts';
import { oauth } from './presets/oauth.ts';
import { oidc } from './presets/oidc.ts';
import { okta } from './presets/okta.ts';
import { pingfederate } from './presets/pingfederate.ts';
import { pingone } from './presets/pingone.ts';

export const presets: Readonly<Record<PresetName, Preset>> = Object.freeze({
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
  oidc,
  oauth,
});
