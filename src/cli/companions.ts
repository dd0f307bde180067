import type { Config } from '../config/index.ts';

/** What stands beside the program, for trying it out, and is not part of it. */
export interface Companions {
  /**
   * Makes ready what the configuration file refers to.
   *
   * @throws ForeseenFailure where its files cannot be written
   */
  startDemo(configFile: string): Promise<Demo>;
  /**
   * Opens identity providers in miniature.
   *
   * @throws ForeseenFailure where the port cannot be had
   */
  openLab(port: number): Promise<Lab>;
}

export interface Lab {
  /** What to do with it. */
  readonly guide: string;
  close(): Promise<void>;
}

export interface Demo {
  /** Where log lines go, so that the terminal shows the guide. */
  readonly logFile: string;
  /**
   * Opens the neighbours that the configuration names; returns the guide.
   *
   * @throws ForeseenFailure where their addresses cannot be had
   */
  open(config: Config): Promise<string>;
  close(): Promise<void>;
}
