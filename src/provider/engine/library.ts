import './known-runtime.ts';

/** What we use of the library at run time, from here alone: see known-runtime.ts. */
export { errors, Provider } from 'oidc-provider';
