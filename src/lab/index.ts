export type { LabFault, LabIssuer, LabTokenRequest } from './lab-issuer.ts';
export { type Demo, startDemo } from './start-demo.ts';
export { type Lab, startLab } from './start-lab.ts';
