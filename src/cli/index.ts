export { type Companions, run } from './run.ts';
