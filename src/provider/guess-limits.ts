/** How many wrong secrets or passwords are put up with; what is used up comes back evenly over the window. */
export interface GuessLimit {
  readonly attempts: number;
  /** Milliseconds. */
  readonly window: number;
}

export interface GuessLimits {
  /** Wrong passwords for one account. Default 10 in 10 minutes. */
  readonly account: GuessLimit;
  /** Wrong secrets for one client. Default 20 in 5 minutes. */
  readonly client: GuessLimit;
  /** Wrong secrets, passwords, codes and refresh tokens from one address. Default 60 in 5 minutes. */
  readonly address: GuessLimit;
}

const minute = 60_000;

export const defaultGuessLimits: GuessLimits = {
  account: { attempts: 10, window: 10 * minute },
  client: { attempts: 20, window: 5 * minute },
  address: { attempts: 60, window: 5 * minute },
};
