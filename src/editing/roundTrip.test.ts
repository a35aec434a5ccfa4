/**
 * Any intentions on any mesh: the YAML that is left means the mesh that the canvas shows, says every
 * reference that it said before, keeps every comment, and is byte for byte the same wherever its
 * meaning is. Meshes are written in every style: block and flow, anchors, comments, CRLF, JSON, Lists.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ResourceId, resourceId, resourceIdParts, type WorkloadId } from '../base/ids.ts';
import { selects } from '../mesh/labels.ts';
import { readDocument } from '../resources/readDocument.ts';
import type { Resource, WorkspaceFile } from '../resources/types.ts';
import { readText } from '../resources/yaml/readText.ts';
import { splitDocuments } from '../resources/yaml/splitDocuments.ts';
import { anyIntention } from '../testing/anyIntention.ts';
import { anyMesh } from '../testing/anyMesh.ts';
import { drawingOf } from '../testing/drawing.ts';
import { canonicalJson } from './canonicalJson.ts';
import { intend } from './intentions/intend.ts';
import type { Change, Drawing, Intention, Removable } from './intentions/intention.ts';
import { applyEdits } from './textEdit.ts';

/** Ids as they are after a change. */
type Naming = (group: string, kind: string, namespace: string, name: string) => string;

const asItIs: Naming = (group, kind, namespace, own) => resourceId(group, kind, namespace, own);

function after({ moved }: Change): Naming {
  const byId = new Map(moved.map(({ from, to }) => [from as string, to as string]));
  const rooms = new Map(
    moved.flatMap(({ from, to }) => {
      const before = resourceIdParts(from);
      return before.kind === 'Namespace' ? [[before.name, resourceIdParts(to).name] as const] : [];
    }),
  );
  return (group, kind, namespace, own) => {
    const known = resourceId(group, kind, namespace, own);
    return (
      byId.get(known) ??
      resourceId(group, kind, rooms.get(namespace) ?? namespace, kind === 'Namespace' ? (rooms.get(own) ?? own) : own)
    );
  };
}

/** What each resource in force says of others: resolved here by other means than the code under test uses. */
function meaning({ parsed, mesh: built }: Drawing, naming: Naming): unknown {
  const services = new Set(
    parsed.resources.flatMap((one) => (one.kind === 'Service' ? [`${one.namespace}/${one.name}`] : [])),
  );
  const workloads = [...built.workloads.values()];
  const workloadOf = new Map(workloads.map((one) => [one.id, one.origin.resource]));
  const named = (resource: ResourceId): string => {
    const { group, kind, namespace, name: own } = resourceIdParts(resource);
    return naming(group, kind, namespace, own);
  };
  const calls = (called: string, from: string): string => {
    const [own = '', of = from, ...rest] = called.replace(/\.svc\.cluster\.local$/, '').split('.');
    return rest.length === 0 && services.has(`${of}/${own}`) ? naming('', 'Service', of, own) : called;
  };
  const room = (own: string): string => naming('', 'Namespace', '', own);
  return {
    workloads: workloads
      .map((one) => [
        named(one.origin.resource),
        resourceIdParts(naming('', 'ServiceAccount', one.namespace, one.serviceAccount) as ResourceId).name,
        one.serviceTargets.map(({ service }) => calls(service, one.namespace)).sort(),
      ])
      .sort(),
    resources: parsed.resources
      .map((resource) => {
        const { namespace, kind, group } = resource;
        const { spec: own = {} } = resource.body as { readonly spec?: Spec };
        const isRoot = namespace === built.config.rootNamespace;
        const labels = own.selector?.matchLabels;
        const selected =
          group === 'security.istio.io' && labels !== undefined
            ? workloads.filter((one) => (isRoot || one.namespace === namespace) && selects(labels, one.labels))
            : [];
        return [
          named(resource.id),
          selected.map((one) => named(workloadOf.get(one.id) ?? resource.id)).sort(),
          kind === 'VirtualService' || kind === 'DestinationRule'
            ? [
                ...(own.hosts ?? []),
                own.host ?? '',
                ...(own.http ?? []).flatMap(({ route }) => route.map(({ destination }) => destination.host)),
              ].map((one) => calls(one, namespace))
            : [],
          (own.exportTo ?? []).map((one) => (one === '.' ? one : room(one))),
          (own.rules ?? []).flatMap(({ from = [], to = [] }) => [
            ...from.flatMap(({ source }) => [
              ...(source.principals ?? []).map((one) => {
                const [, of = '', account = ''] = /ns\/([^/]+)\/sa\/(.+)/.exec(one) ?? [];
                return naming('', 'ServiceAccount', of, account);
              }),
              ...(source.namespaces ?? []).map(room),
            ]),
            ...to.flatMap(({ operation }) => (operation.hosts ?? []).map((one) => calls(one, namespace))),
          ]),
        ];
      })
      .sort(),
  };
}

interface Spec {
  readonly selector?: { readonly matchLabels?: Readonly<Record<string, string>> };
  readonly hosts?: readonly string[];
  readonly host?: string;
  readonly exportTo?: readonly string[];
  readonly http?: readonly { readonly route: readonly { readonly destination: { readonly host: string } }[] }[];
  readonly rules?: readonly {
    readonly from?: readonly {
      readonly source: { readonly principals?: readonly string[]; readonly namespaces?: readonly string[] };
    }[];
    readonly to?: readonly { readonly operation: { readonly hosts?: readonly string[] } }[];
  }[];
}

const ids = (resources: readonly Resource[]): Set<string> => new Set(resources.map((one) => one.id));
const remarksIn = (text: string): string[] => text.match(/remark \d+\./g) ?? [];
const errorsOf = ({ parsed }: Drawing): number =>
  parsed.diagnostics.filter(({ severity }) => severity === 'error').length;

/** Most wishes are about somebody who is there; hostile names stay as they are. */
function aboutWhatIsThere({ mesh: built, parsed }: Drawing, wish: Intention): Intention {
  const workloads = [...built.workloads.keys()];
  const there = (one: WorkloadId): WorkloadId =>
    built.workloads.has(one) ? one : (workloads[one.length % Math.max(workloads.length, 1)] ?? one);
  const what = <W extends Removable>(one: W): W => {
    if (one.kind === 'workload') return { ...one, id: there(one.id) };
    if (one.kind !== 'resource') return one;
    const { kind } = resourceIdParts(one.id);
    return { ...one, id: parsed.resources.find((found) => found.kind === kind)?.id ?? one.id };
  };
  switch (wish.kind) {
    case 'rename':
      return { ...wish, what: what(wish.what) };
    case 'move':
      return { ...wish, workloads: wish.workloads.map(there) };
    case 'duplicate':
    case 'remove':
      return { ...wish, what: wish.what.map(what) };
    case 'allow-call':
      return { ...wish, caller: there(wish.caller), target: there(wish.target) };
    default:
      return wish;
  }
}

function check(files: readonly WorkspaceFile[], wished: Intention): readonly WorkspaceFile[] {
  const before = drawingOf(files);
  const wish = aboutWhatIsThere(before, wished);
  const outcome = intend(before, wish);
  if (!outcome.ok) return files;
  const change = outcome.value;
  const result = applyEdits(files, change.edits);
  const now = drawingOf(result);

  // Pasted and copied documents may be refused as their originals are; nothing else is.
  if (wish.kind !== 'paste' && wish.kind !== 'duplicate') {
    expect(now.parsed.rejected.length).toBeLessThanOrEqual(before.parsed.rejected.length);
    expect(errorsOf(now)).toBeLessThanOrEqual(errorsOf(before));
  }
  if (change.select !== undefined) expect(ids(now.parsed.resources)).toContain(change.select);
  checkText(files, result, wish);

  if (wish.kind === 'rename' || wish.kind === 'move') {
    // A new room for what moved is one resource more.
    const isNew = (one: Resource): boolean =>
      one.kind === 'Namespace' && !before.mesh.namespaces.has(one.name) && wish.kind === 'move';
    const visible = { ...now, parsed: { ...now.parsed, resources: now.parsed.resources.filter((one) => !isNew(one)) } };
    if (change.left.length === 0) expect(meaning(visible, asItIs)).toEqual(meaning(before, after(change)));
    else expect(now.parsed.resources.length).toBeGreaterThanOrEqual(before.parsed.resources.length);
  } else if (wish.kind === 'remove') {
    const kept = [...ids(now.parsed.resources)];
    expect([...ids(before.parsed.resources)]).toEqual(expect.arrayContaining(kept));
    for (const what of wish.what) if (what.kind === 'workload') expect(now.mesh.workloads.has(what.id)).toBe(false);
  } else {
    // What is there keeps its name and its pods, whatever comes beside it.
    expect([...ids(now.parsed.resources)]).toEqual(expect.arrayContaining([...ids(before.parsed.resources)]));
    if (wish.kind === 'duplicate' || wish.kind === 'paste') {
      for (const one of before.mesh.workloads.values()) {
        expect(now.mesh.workloads.get(one.id)?.serviceTargets.map(({ service }) => service)).toEqual(
          expect.arrayContaining(one.serviceTargets.map(({ service }) => service)),
        );
      }
    }
  }
  return result;
}

/** Documents that mean the same are the same bytes, and no comment is lost but with its document. */
function checkText(before: readonly WorkspaceFile[], now: readonly WorkspaceFile[], wish: Intention): void {
  for (const { name: file, text } of before) {
    const documents = splitDocuments(text).map((one) => one.text);
    const result = now.find((one) => one.name === file)?.text ?? '';
    if (text.includes('\r\n')) expect(result).not.toMatch(/[^\r]\n/);
    if (wish.kind === 'remove') continue;
    const after = splitDocuments(result).map((one) => one.text);
    for (const [index, document] of documents.entries()) {
      const same = after[index] ?? '';
      const isLast = index === documents.length - 1;
      if (canonicalJson(readText(same).objects) === canonicalJson(readText(document).objects)) {
        // Only what lacked its line break at the end of a file may get one.
        expect(isLast ? same.trimEnd() : same).toBe(isLast ? document.trimEnd() : document);
      }
      expect(remarksIn(same)).toEqual(remarksIn(document));
      expect(readDocument(same).problems).toEqual(readDocument(document).problems);
    }
  }
}

describe('any intentions on any mesh', () => {
  it('leave YAML that means what the canvas shows, and the rest byte for byte', () => {
    fc.assert(
      fc.property(anyMesh, fc.array(anyIntention, { minLength: 1, maxLength: 4 }), (files, wishes) => {
        wishes.reduce(check, files);
      }),
      { numRuns: Number(process.env['ROUND_TRIPS'] ?? 60) },
    );
  }, 60_000);

  it('are often carried out, and never because the text resists', () => {
    const outcomes = fc.sample(fc.tuple(anyMesh, anyIntention), { numRuns: 100, seed: 11 }).map(([files, wish]) => {
      const drawing = drawingOf(files);
      return intend(drawing, aboutWhatIsThere(drawing, wish));
    });
    const codes = outcomes.flatMap((one) => (one.ok ? [] : [one.error.code]));
    expect(codes).not.toContain('text-resists');
    expect(outcomes.filter((one) => one.ok).length).toBeGreaterThan(40);
  });
});
