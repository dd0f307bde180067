import type { Config } from '../config/index.ts';

/** What stands beside the program in the demo, and is not part of it. */
export interface Companions {
  /**
   * Makes ready what the configuration file refers to.
   *
   * @throws ForeseenFailure where its files cannot be written
   */
  startDemo(configFile: string): Promise<Demo>;
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
