import { writeFile } from 'node:fs/promises';
import { configJsonSchema } from '../src/config/index.ts';
import { optionsPage } from './options-page.ts';
import { rejectionsPage } from './rejections-page.ts';

const root = new URL('../', import.meta.url);

await writeFile(new URL('docs/rejections.md', root), rejectionsPage());
await writeFile(new URL('docs/options.md', root), optionsPage());
await writeFile(new URL('config.schema.json', root), `${JSON.stringify(configJsonSchema(), null, 2)}\n`);
