/** `npm run fields`: writes docs/fields.md. */
import { writeFileSync } from 'node:fs';
import { fieldsPage } from './fieldsPage.ts';

writeFileSync('docs/fields.md', fieldsPage());
