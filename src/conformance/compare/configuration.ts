/**
 * Does the configuration agree? What the webhook refuses and warns of (by resource; text up to
 * list punctuation), what the proxies refuse, and what file-mode analysis says (a multiset).
 */
import type { CaseVariant } from '../caseFile.ts';
import { type Difference, difference, multisetDifference } from './difference.ts';

/** The simulator's side of one variant. */
export interface ConfigurationView {
  readonly rejected: readonly { kind: string; namespace: string; name: string; message: string }[];
  readonly warnings: readonly { kind: string; namespace: string; name: string; message: string }[];
  /** `pod.namespace typeUrl message` */
  readonly nacks: readonly string[];
  readonly analysis: readonly { code: string; origin: string; message: string }[];
}

export type ConfigurationField = 'rejected' | 'warnings' | 'nacks' | 'analysis';

export function compareConfiguration(variant: CaseVariant, view: ConfigurationView): Difference[] {
  const differences: Difference[] = [];
  const check = (field: ConfigurationField, expected: readonly string[], actual: readonly string[]): void => {
    const { missing, extra } = multisetDifference(expected, actual);
    if (missing.length > 0 || extra.length > 0) {
      differences.push(difference('configuration', field, missing, extra));
    }
  };
  check(
    'rejected',
    (variant.rejected ?? []).map(rejectedKey),
    view.rejected.map((r) => key(r.kind, r.namespace, r.name, r.message)),
  );
  check(
    'warnings',
    (variant.warnings ?? []).map((w) => punctuation(String(w))),
    view.warnings.map((w) => punctuation(`${w.kind} ${w.namespace}/${w.name}: ${w.message}`)),
  );
  check(
    'nacks',
    (variant.nacks ?? []).map((n) => nackKey(String(n))),
    view.nacks.map(nackKey),
  );
  check(
    'analysis',
    (variant.analysis ?? []).map((a) => JSON.stringify([a.code, a.origin ?? '', a.message])),
    view.analysis.map((a) => JSON.stringify([a.code, a.origin, a.message])),
  );
  return differences;
}

const key = (kind: string, namespace: string, name: string, message: string): string =>
  `${kind} ${namespace}/${name} ${punctuation(message)}`;

/** The corpus keeps the refused document's text and the webhook's error. */
function rejectedKey(entry: unknown): string {
  const { doc, error } = entry as { doc: string; error: string };
  const field = (name: string): string =>
    new RegExp(`["']?\\b${name}["']?:\\s*["']?([^\\s,"'}]+)`).exec(doc)?.[1] ?? '';
  return key(field('kind'), field('namespace'), field('name'), error);
}

/** One error or a list of them: bullets, counts, commas and white space do not count. */
function punctuation(text: string): string {
  return text
    .replace(/\d+ errors? occurred:/g, ' ')
    .replace(/[\s*,;]+/g, ' ')
    .trim();
}

/**
 * A refusal is told by the proxy, the type and the listener or the message's first line. Envoy puts
 * the refused message, printed over many lines, before some of its reasons.
 */
function nackKey(text: string): string {
  const [proxy = '', type = '', ...rest] = text.split(' ');
  const message = rest.join(' ');
  const listener = /listener\(s\) ([^:\s]+)/.exec(message)?.[1];
  const reason = /Proto constraint validation failed .*$/s.exec(message)?.[0];
  return `${proxy} ${type} ${listener ?? reason ?? message.split('\n')[0]?.trim()}`;
}
