/** A field that the API does not know has no effect: it can go. */
import type { Diagnostic } from '../../base/diagnostics/diagnostic.ts';
import type { Drawing } from '../intentions/intention.ts';
import { locateObject } from '../located.ts';
import { removeField } from '../removeField.ts';
import type { Fix } from './fix.ts';

export function removeUnknownField({ files }: Drawing, { origin, range, params }: Diagnostic): Fix[] {
  const object = origin && locateObject(files, origin.resource);
  if (object === undefined || origin === undefined || range === undefined) return [];
  // The diagnostic may be about a copy that is not in force.
  const isHere =
    object.file === range.file && object.offset <= range.start && range.end <= object.offset + object.text.length;
  const edit = isHere ? removeField(object, origin.path) : undefined;
  return edit === undefined
    ? []
    : [{ code: 'remove-field', params: { field: String(params['field'] ?? '') }, edits: [edit] }];
}
