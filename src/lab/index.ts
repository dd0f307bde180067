export type { LabFault, LabIssuer, LabTokenRequest } from './lab-issuer.ts';
export { type OpenLab, openLab } from './open-lab.ts';
export { type Demo, startDemo } from './start-demo.ts';
export { type Lab, startLab } from './start-lab.ts';
