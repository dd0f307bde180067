import type { ApiConfig, Config } from '../config/index.ts';
import { CommandFailure } from './command-failure.ts';

/** @throws CommandFailure with the names that there are */
export function findApi({ apis }: Config, name: string): ApiConfig {
  const found = apis.find((api) => api.name === name);
  if (found !== undefined) return found;
  const names = apis.map((api) => api.name).join(', ') || 'none is configured';
  throw new CommandFailure(`no API is named ${JSON.stringify(name)}. Remedy: name one of these: ${names}`);
}
