/**
 * What the webhook has against an object, combined the way istiod combines errors
 * (hashicorp/go-multierror behind agent.AppendValidation): a lone error is its own text, several
 * become a flat list `2 errors occurred: ...`, and some places make a list even of one.
 */
import type { FieldPath } from '../../base/origin.ts';

/** One sentence of the webhook and the field that it is about. */
export interface Fault {
  readonly message: string;
  readonly path: FieldPath;
}

/** `list` (not `items`): true prints the list form even for one. */
export interface Faults {
  readonly items: readonly Fault[];
  readonly list: boolean;
}

export interface Findings {
  readonly errors: Faults;
  readonly warnings: Faults;
}

const NO_FAULTS: Faults = { items: [], list: false };
export const NOTHING: Findings = { errors: NO_FAULTS, warnings: NO_FAULTS };

export const error = (path: FieldPath, message: string): Findings => ({
  errors: { items: [{ message, path }], list: false },
  warnings: NO_FAULTS,
});

export const warning = (path: FieldPath, message: string): Findings => ({
  errors: NO_FAULTS,
  warnings: { items: [{ message, path }], list: false },
});

/** AppendValidation: everything, in order. */
export function all(...findings: readonly Findings[]): Findings {
  return { errors: join(findings.map((f) => f.errors)), warnings: join(findings.map((f) => f.warnings)) };
}

export const each = <T>(values: readonly T[] | undefined, check: (value: T, index: number) => Findings): Findings =>
  values === undefined || values.length === 0 ? NOTHING : all(...values.map(check));

export const eachEntry = <T>(
  map: Readonly<Record<string, T>> | undefined,
  check: (key: string, value: T) => Findings,
): Findings => (map === undefined ? NOTHING : all(...Object.entries(map).map(([key, value]) => check(key, value))));

/** multierror.Append: the list form even for a single error. */
export const asList = (findings: Findings): Findings =>
  findings.errors.items.length === 0 ? findings : { ...findings, errors: { ...findings.errors, list: true } };

/** Where istiod passes a Validation on as a plain error, its warnings are lost. */
export const withoutWarnings = (findings: Findings): Findings => ({ errors: findings.errors, warnings: NO_FAULTS });

/** multierror.Prefix. */
export const prefixed = (prefix: string, findings: Findings): Findings => ({
  ...findings,
  errors: {
    ...findings.errors,
    items: findings.errors.items.map((fault) => ({ ...fault, message: `${prefix} ${fault.message}` })),
  },
});

/** Rewrites an error that istiod wraps into one sentence of its own. */
export const wrapped = (path: FieldPath, findings: Findings, wrap: (text: string) => string): Findings =>
  findings.errors.items.length === 0 ? NOTHING : error(path, wrap(faultsText(findings.errors)));

export const hasErrors = (findings: Findings): boolean => findings.errors.items.length > 0;

/** The text as Go prints it. */
export function faultsText({ items, list }: Faults): string {
  const [first] = items;
  if (first === undefined) return '';
  if (!list) return first.message;
  if (items.length === 1) return `1 error occurred:\n\t* ${first.message}\n\n`;
  return `${items.length} errors occurred:\n\t${items.map((fault) => `* ${fault.message}`).join('\n\t')}\n\n`;
}

function join(parts: readonly Faults[]): Faults {
  const present = parts.filter((part) => part.items.length > 0);
  const [only] = present;
  if (only === undefined) return NO_FAULTS;
  if (present.length === 1) return only;
  return { items: present.flatMap((part) => part.items), list: true };
}
