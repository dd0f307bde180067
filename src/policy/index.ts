export { checkAudience } from './check-audience.ts';
export { claimsRead } from './claims-read.ts';
export { compilePolicy } from './compile-policy.ts';
export type { CompiledPolicy } from './compiled-policy.ts';
export { evaluatePolicy } from './evaluate-policy.ts';
export { linearMatches } from './linear-matches.ts';
export { PatternInvalid } from './parse-pattern.ts';
export { PolicyInvalid } from './policy-invalid.ts';
