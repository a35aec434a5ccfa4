/** Another scalar in place of one that is written, in the same quotes: JSON stays JSON. */
import { scalarText } from './render.ts';

/** `written` is the scalar's text with its quotes; `inFlow` where a plain comma or brace would end it. */
export function requote(written: string, value: string, inFlow: boolean): string {
  if (written.startsWith('"')) return JSON.stringify(value);
  if (written.startsWith("'") && !/[\n\r\t]/.test(value)) return `'${value.replaceAll("'", "''")}'`;
  return scalarText(value, inFlow);
}
