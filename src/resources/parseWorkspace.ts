/**
 * The text of a workspace -> resources, refusals, warnings and diagnostics. Every document is read
 * by itself and remembered by its text, so that an edit reads one document again.
 */
import type { Diagnostic } from '../base/diagnostics/diagnostic.ts';
import type { ResourceId } from '../base/ids.ts';
import type { FieldPath, Origin, SourceRange } from '../base/origin.ts';
import { type InterpretedObject, type Issue, interpretObject } from './interpretObject.ts';
import type { ParsedWorkspace, Resource, WebhookCause, WebhookFinding, WorkspaceFile } from './types.ts';
import { type Faults, faultsText } from './validate/faults.ts';
import type { YamlProblem } from './yaml/composeDocument.ts';
import { YAML_LIMITS } from './yaml/limits.ts';
import { lineStartsOf, rangeOf } from './yaml/lineStarts.ts';
import { type ReadText, readText } from './yaml/readText.ts';
import { splitDocuments } from './yaml/splitDocuments.ts';

interface CachedObject {
  readonly interpreted: InterpretedObject;
  readonly prefix: FieldPath;
  /** The last Resource made of it: an unmoved document keeps its identity. */
  resource?: Resource;
}

interface CachedText {
  readonly read: ReadText;
  readonly objects: readonly CachedObject[];
}

/** Remembers documents by their text between calls; give the same one to each parse of a workspace. */
export interface ParseCache {
  texts: Map<string, CachedText>;
}

export const createParseCache = (): ParseCache => ({ texts: new Map() });

/** A document in its file. */
interface Place {
  readonly file: WorkspaceFile;
  readonly lineStarts: () => readonly number[];
  readonly start: number;
  readonly read: ReadText;
}

interface Assembly {
  readonly inForce: Map<ResourceId, Resource>;
  readonly places: Map<ResourceId, { place: Place; prefix: FieldPath; refused: boolean }>;
  readonly rejected: WebhookFinding[];
  readonly warnings: WebhookFinding[];
  readonly diagnostics: Diagnostic[];
  order: number;
}

export function parseWorkspace(
  files: readonly WorkspaceFile[],
  cache: ParseCache = createParseCache(),
): ParsedWorkspace {
  const assembly: Assembly = {
    inForce: new Map(),
    places: new Map(),
    rejected: [],
    warnings: [],
    diagnostics: [],
    order: 0,
  };
  const used = new Map<string, CachedText>();
  for (const file of files) addFile(assembly, file, cache, used);
  cache.texts = used;
  const { places } = assembly;
  return {
    resources: [...assembly.inForce.values()],
    rejected: assembly.rejected,
    warnings: assembly.warnings,
    diagnostics: assembly.diagnostics,
    locate: (origin) => locate(places, origin),
  };
}

function addFile(assembly: Assembly, file: WorkspaceFile, cache: ParseCache, used: Map<string, CachedText>): void {
  let starts: readonly number[] | undefined;
  const lineStarts = () => {
    starts ??= lineStartsOf(file.text);
    return starts;
  };
  const atStart = () => rangeOf(file.name, [0], 0, 0);
  if (file.text.length > YAML_LIMITS.fileLength) {
    const params = { limit: YAML_LIMITS.fileLength, size: file.text.length };
    assembly.diagnostics.push({ code: 'yaml-too-large', severity: 'error', params, range: atStart() });
    return;
  }
  for (const { start, text } of splitDocuments(file.text)) {
    const cached = used.get(text) ?? cache.texts.get(text) ?? readCached(text);
    // A text that occurs twice needs two sets of Resource objects: only the first is remembered.
    const entry = used.has(text)
      ? { read: cached.read, objects: cached.objects.map(({ interpreted, prefix }) => ({ interpreted, prefix })) }
      : cached;
    if (entry === cached) used.set(text, cached);
    const place: Place = { file, lineStarts, start, read: entry.read };
    for (const problem of entry.read.problems) assembly.diagnostics.push(problemDiagnostic(place, problem));
    for (const object of entry.objects) {
      if (assembly.order >= YAML_LIMITS.documents) {
        const params = { limit: YAML_LIMITS.documents };
        const range = rangeOf(file.name, lineStarts(), start, start);
        assembly.diagnostics.push({ code: 'yaml-too-many-documents', severity: 'error', params, range });
        return;
      }
      addObject(assembly, place, object);
    }
  }
}

function readCached(text: string): CachedText {
  const read = readText(text);
  const objects = read.objects.map(({ value, prefix }) => ({ interpreted: interpretObject(value), prefix }));
  return { read, objects };
}

function addObject(assembly: Assembly, place: Place, object: CachedObject): void {
  const { interpreted, prefix } = object;
  const order = assembly.order++;
  const { resource } = interpreted;
  for (const issue of interpreted.issues)
    assembly.diagnostics.push(issueDiagnostic(place, prefix, issue, resource?.id));
  if (resource === undefined) return;
  const known = assembly.places.get(resource.id);
  if (known === undefined || known.refused || !interpreted.refused) {
    assembly.places.set(resource.id, { place, prefix, refused: interpreted.refused });
  }
  addFindings(assembly, place, prefix, interpreted);
  if (interpreted.refused) return;
  const earlier = assembly.inForce.get(resource.id);
  if (earlier !== undefined) {
    const { kind, name, namespace } = resource;
    const range = rangeAt(place, [...prefix, 'metadata', 'name']);
    const origin = { resource: resource.id, path: ['metadata', 'name'] };
    const params = { kind, name, namespace };
    assembly.diagnostics.push({ code: 'duplicate-resource', severity: 'warning', params, origin, range });
  }
  // Applied again, an object keeps its age: the order of its first document.
  const age = earlier?.order ?? order;
  object.resource = object.resource?.order === age ? object.resource : { ...resource, order: age };
  assembly.inForce.set(resource.id, object.resource);
}

function addFindings(assembly: Assembly, place: Place, prefix: FieldPath, interpreted: InterpretedObject): void {
  const { resource, findings, refused, decoded } = interpreted;
  if (resource === undefined) return;
  const { id, kind, namespace, name } = resource;
  const causesOf = (faults: Faults): WebhookCause[] =>
    faults.items.map(({ message, path }) => ({
      message,
      origin: { resource: id, path },
      range: rangeAt(place, [...prefix, ...path]),
    }));
  const causes = causesOf(refused ? findings.errors : findings.warnings);
  const [first] = causes;
  if (first === undefined) return;
  const text = faultsText(refused ? findings.errors : findings.warnings);
  (refused ? assembly.rejected : assembly.warnings).push({
    kind,
    namespace,
    name,
    message: refused && decoded ? `configuration is invalid: ${text}` : text,
    resource: id,
    origin: first.origin,
    range: first.range,
    causes,
    unrelayedWarnings: refused ? causesOf(findings.warnings) : [],
  });
  const code = refused ? 'webhook-rejected' : 'webhook-warning';
  const severity = refused ? 'error' : 'warning';
  for (const { message, origin, range } of causes) {
    assembly.diagnostics.push({ code, severity, params: { message }, origin, range });
  }
}

function rangeAt(place: Place, path: FieldPath, of: 'value' | 'key' = 'value'): SourceRange {
  const { start, end } = place.read.locate(path, of);
  return rangeOf(place.file.name, place.lineStarts(), place.start + start, place.start + end);
}

function issueDiagnostic(place: Place, prefix: FieldPath, issue: Issue, id: ResourceId | undefined): Diagnostic {
  const { code, severity, params, path } = issue;
  const range = rangeAt(place, [...prefix, ...path], issue.ofKey ? 'key' : 'value');
  return { code, severity, params, range, ...(id === undefined ? {} : { origin: { resource: id, path } }) };
}

function problemDiagnostic(place: Place, problem: YamlProblem): Diagnostic {
  const { code, params, start, end } = problem;
  const range = rangeOf(place.file.name, place.lineStarts(), place.start + start, place.start + end);
  return { code, severity: code === 'duplicate-key' ? 'warning' : 'error', params, range };
}

function locate(
  places: ReadonlyMap<ResourceId, { place: Place; prefix: FieldPath }>,
  origin: Origin,
): SourceRange | undefined {
  const found = places.get(origin.resource);
  return found === undefined ? undefined : rangeAt(found.place, [...found.prefix, ...origin.path]);
}
