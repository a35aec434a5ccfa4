/** Questions over many calls, loaded with the first of them. */
export { rotateRoot, stepsOf } from './disturbance/rotateRoot.ts';
export { whatBreaks } from './disturbance/whatBreaks.ts';
export { previewChange } from './previewChange.ts';
export { securityReport } from './security/report.ts';
export { suggest } from './suggest/suggest.ts';
