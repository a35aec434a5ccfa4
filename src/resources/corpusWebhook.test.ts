/** Every refusal and warning of the conformance corpus, word for word. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createParseCache, parseWorkspace } from './parseWorkspace.ts';
import { readText } from './yaml/readText.ts';

interface Case {
  readonly manifests: string;
  readonly variants: readonly {
    readonly name: string;
    readonly manifests?: string;
    readonly rejected?: readonly { readonly doc: string; readonly error: string }[];
    readonly warnings?: readonly string[];
  }[];
}

interface ObjectDocument {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** What real istiod did not say of the manifests as they stand in the corpus, and why we differ. */
const KNOWN_DIFFERENCES: ReadonlySet<string> = new Set([
  // The recorded sentence names another path than the recorded document.
  'lint-webhook-workloadentry.yaml addresses',
]);

const readYaml = <T>(text: string): T => readText(text).objects[0]?.value as T;

const areas = readdirSync('conformance', { withFileTypes: true }).filter((entry) => entry.isDirectory());

function expectedFindings(variant: Case['variants'][number]): string[] {
  const rejected = (variant.rejected ?? []).map(({ doc, error }) => {
    const { kind, metadata } = readYaml<ObjectDocument>(doc);
    return `refused: ${kind} ${metadata.namespace ?? 'default'}/${metadata.name}: ${error}`;
  });
  // Files that a proxy lacks are no finding of the webhook.
  const warnings = (variant.warnings ?? []).filter((text) => !text.startsWith('file secret '));
  return [...rejected, ...warnings].sort();
}

test.each(areas.map((area) => area.name))('area %s', (area) => {
  const cache = createParseCache();
  const differences: unknown[] = [];
  for (const file of readdirSync(`conformance/${area}`)) {
    const { manifests, variants } = readYaml<Case>(readFileSync(`conformance/${area}/${file}`, 'utf8'));
    for (const variant of variants) {
      if (KNOWN_DIFFERENCES.has(`${file} ${variant.name}`)) continue;
      const files = [
        { name: 'common.yaml', text: manifests },
        { name: 'variant.yaml', text: variant.manifests ?? '' },
      ];
      const parsed = parseWorkspace(files, cache);
      const expected = expectedFindings(variant);
      const actual = [
        ...parsed.rejected.map((f) => `refused: ${f.kind} ${f.namespace}/${f.name}: ${f.message}`),
        ...parsed.warnings.map((f) => `${f.kind} ${f.namespace}/${f.name}: ${f.message}`),
      ].sort();
      if (actual.join('\0') !== expected.join('\0'))
        differences.push({ file, variant: variant.name, expected, actual });
    }
  }
  expect(differences).toEqual([]);
});
