export { checkAudience } from './check-audience.ts';
export { compilePolicy } from './compile-policy.ts';
export type { CompiledPolicy } from './compiled-policy.ts';
export { evaluatePolicy } from './evaluate-policy.ts';
export { type PolicyFault, PolicyInvalid } from './policy-invalid.ts';
export type { RuleOptions } from './rule-options.ts';
