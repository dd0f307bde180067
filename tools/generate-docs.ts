import { writeFile } from 'node:fs/promises';
import { rejectionsPage } from './rejections-page.ts';

const docs = new URL('../docs/', import.meta.url);

await writeFile(new URL('rejections.md', docs), rejectionsPage());
