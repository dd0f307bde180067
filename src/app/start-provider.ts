import {
  createProvider,
  OptionsInvalid,
  type Provider,
  type ProviderDependencies,
  type ProviderOptions,
} from '../provider/index.ts';
import type { Store } from '../store/index.ts';
import { StartupFailure } from './listener.ts';

/**
 * Makes the provider over our store and loads its keys.
 *
 * @throws StartupFailure with every fault of the options
 */
export async function startProvider(
  options: ProviderOptions | undefined,
  store: Store,
  others: Pick<ProviderDependencies, 'revocations' | 'clock' | 'http' | 'subjectTokens'>,
): Promise<Provider | undefined> {
  if (options === undefined) return undefined;
  try {
    const provider = createProvider(options, { ...store, ...others });
    await provider.start();
    return provider;
  } catch (error) {
    if (!(error instanceof OptionsInvalid)) throw error;
    throw new StartupFailure(`the provider's options are refused: ${error.message}`);
  }
}
