import { labPage } from './lab-page.ts';
import { startLab } from './start-lab.ts';

/** The lab as a program of its own. */
export interface OpenLab {
  /** What to do with it. */
  readonly guide: string;
  close(): Promise<void>;
}

/** @throws StartupFailure where the port cannot be had */
export async function openLab(port: number): Promise<OpenLab> {
  const lab = await startLab({ listen: { host: '127.0.0.1', port }, setting: '--port' });
  const guide = `The lab is ready at ${lab.origin}. Ctrl-C stops it.\n\n${labPage(lab.issuers)}`;
  return { guide, close: lab.close };
}
