/** Every field that is not simulated, by kind, as the page docs/fields.md. */
import { listFields } from '../engine.ts';

export function fieldsPage(): string {
  const entries = listFields();
  const kinds = [...new Set(entries.map(({ kind }) => kind))].sort();
  const count = (status: string): number => entries.filter((entry) => entry.status === status).length;
  const lines = [
    '# Fields',
    '',
    'Generated from the schemas in src/resources/kinds by `npm run fields`; a test keeps it true.',
    '',
    `${count('modelled')} fields decide verdicts and are simulated. ${count('ignored')} change no verdict and are left out on purpose. ${count('unmodelled')} would change something and are not simulated: using one gives a diagnostic at its line, and a verdict that passes what it would change is "cannot tell".`,
    '',
    '## Not simulated',
    '',
    '| kind | field | only when | reason |',
    '| --- | --- | --- | --- |',
  ];
  for (const kind of kinds) {
    for (const entry of entries) {
      if (entry.kind !== kind || entry.status !== 'unmodelled') continue;
      lines.push(row(kind, entry.field || '(the whole kind)', entry.condition ?? '', entry.reason ?? ''));
    }
  }
  lines.push('', '## Left out on purpose', '', '| kind | field | why it changes no verdict |', '| --- | --- | --- |');
  for (const kind of kinds) {
    for (const entry of entries) {
      if (entry.kind === kind && entry.status === 'ignored') lines.push(row(kind, entry.field, entry.reason ?? ''));
    }
  }
  return `${lines.join('\n')}\n`;
}

const row = (...cells: string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
