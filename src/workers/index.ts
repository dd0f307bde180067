export { workerLost, workerStarted } from './channels.ts';
export { type Fellows, serveMain } from './serve-main.ts';
export { WorkerPool } from './worker-pool.ts';
export { WorkerGone, type WorkerProcess } from './worker-process.ts';
