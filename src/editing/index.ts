/** What carries out intentions and mends findings: loaded when somebody first draws. */
export { fixesFor } from './fixes/fixesFor.ts';
export { excerpt } from './intentions/excerpt.ts';
export { intend } from './intentions/intend.ts';
export { locateObject } from './located.ts';
export { setField } from './setField.ts';
