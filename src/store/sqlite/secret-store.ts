import type { SecretStore } from '../../provider/index.ts';
import { build } from './query-builder.ts';
import type { WriteQueue } from './write-queue.ts';

export function createSecretStore(queue: WriteQueue): SecretStore {
  return Object.freeze<SecretStore>({
    readOrCreate: (name, fresh) =>
      queue.write((sql) => {
        sql.run(
          build
            .insertInto('secrets')
            .values({ name, value: fresh })
            .onConflict((known) => known.doNothing()),
        );
        return sql.first(build.selectFrom('secrets').select('value').where('name', '=', name))?.value ?? fresh;
      }),
  });
}
