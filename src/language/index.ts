/** The language service: what the facade offers of this layer. */
export { completeAt } from './complete/completeAt.ts';
export type { Completion, Completions } from './complete/completion.ts';
export { describeAt } from './describe/describeAt.ts';
export type { CertificateFacts, Description, Meaning, Some } from './describe/description.ts';
export type { FieldAbout } from './fields/field.ts';
export { allFieldKeys } from './fields/field.ts';
export { type Crumb, crumbsAt } from './navigate/crumbs.ts';
export { type Definition, definitionAt } from './navigate/definition.ts';
export { referencesTo } from './navigate/references.ts';
export { type FileSymbol, symbolsOf } from './navigate/symbols.ts';
