/**
 * "Which one change would allow it?": at most three edits of the YAML that let a refused call
 * through, each verified by making the call again, each with what else it would open. Fewest calls
 * opened first, then fewest lines; edits that take a rule or policy away only where nothing
 * narrower works. Other policies may refuse next: an edit then has several parts.
 */
import { applyEdits, type TextEdit } from '../../editing/textEdit.ts';
import type { Call } from '../../trace/call.ts';
import type { Trace } from '../../trace/trace.ts';
import { type Candidate, candidatesFor } from './candidates.ts';
import { isRefused } from './isRefused.ts';
import { rbacRefusal } from './refusal.ts';
import type { CallRemedy, SuggestEnv, Suggestion, Suggestions, TriedWorkspace } from './types.ts';
import { universeOf } from './universe.ts';

const MAX_SUGGESTIONS = 3;
/** Compilations that one question may cost. */
const MAX_TRIES = 40;
/** Policies in a row that may refuse. */
const MAX_DEPTH = 3;
/** Calls that are made again to see what an edit opens. */
const UNIVERSE = 240;
/** Narrow suggestions that are enough to choose from. */
const ENOUGH = 6;

const LAST_RESORT: ReadonlySet<Candidate['kind']> = new Set(['remove-rule', 'remove-policy']);

interface Found {
  readonly kind: Candidate['kind'];
  readonly resource: Candidate['resource'];
  readonly files: SuggestEnv['files'];
  readonly workspace: TriedWorkspace;
  readonly parts: number;
}

export async function suggest(env: SuggestEnv, call: Call): Promise<Suggestions> {
  const before = await env.compile(env.files);
  const trace = before.evaluate(call);
  const refusal = rbacRefusal(trace);
  if (refusal === undefined) return { suggestions: [], remedies: remediesOf(trace) };
  const found: Found[] = [];
  const budget = { left: MAX_TRIES };
  await search(env, call, before, env.files, undefined, 1, budget, found);
  const narrow = found.filter(({ kind }) => !LAST_RESORT.has(kind));
  const chosen = narrow.length > 0 ? narrow : found;
  const universe = universeOf(before.mesh, call, refusal.workload, UNIVERSE);
  const refusedBefore = universe.filter((other) => isRefused(before.evaluate(other)));
  const measured = chosen.slice(0, ENOUGH).map((candidate): Suggestion => {
    const opens = refusedBefore.filter((other) => !isRefused(candidate.workspace.evaluate(other)));
    const edits = editsBetween(env.files, candidate.files);
    const linesChanged = edits.reduce((sum, edit) => sum + lines(edit), 0);
    return { kind: candidate.kind, resource: candidate.resource, edits, linesChanged, opens, tried: universe.length };
  });
  measured.sort((a, b) => a.opens.length - b.opens.length || a.linesChanged - b.linesChanged);
  return { suggestions: measured.slice(0, MAX_SUGGESTIONS), remedies: remediesOf(trace) };
}

async function search(
  env: SuggestEnv,
  call: Call,
  state: TriedWorkspace,
  files: SuggestEnv['files'],
  first: Candidate | undefined,
  depth: number,
  budget: { left: number },
  found: Found[],
): Promise<void> {
  const refusal = rbacRefusal(state.evaluate(call));
  if (refusal === undefined) return;
  const next: { readonly candidate: Candidate; readonly files: SuggestEnv['files']; readonly state: TriedWorkspace }[] =
    [];
  for (const candidate of candidatesFor(refusal, { files, mesh: state.mesh, resources: state.parsed.resources })) {
    const narrow = found.filter(({ kind }) => !LAST_RESORT.has(kind)).length;
    if (budget.left <= 0 || narrow >= ENOUGH || (LAST_RESORT.has(candidate.kind) && narrow > 0)) break;
    budget.left--;
    const changed = applyEdits(files, candidate.edits);
    const tried = await env.compile(changed);
    if (tried.parsed.rejected.length > state.parsed.rejected.length) continue;
    const trace = tried.evaluate(call);
    const { kind, resource } = first ?? candidate;
    if (!isRefused(trace))
      found.push({
        kind: LAST_RESORT.has(candidate.kind) ? candidate.kind : kind,
        resource,
        files: changed,
        workspace: tried,
        parts: depth,
      });
    else if (isProgress(refusal, rbacRefusal(trace))) next.push({ candidate, files: changed, state: tried });
  }
  if (depth >= MAX_DEPTH || found.length > 0) return;
  for (const step of next.slice(0, 3)) {
    await search(env, call, step.state, step.files, first ?? step.candidate, depth + 1, budget, found);
    if (found.length > 0) return;
  }
}

/** Another policy decides now. */
function isProgress(
  before: NonNullable<ReturnType<typeof rbacRefusal>>,
  after: ReturnType<typeof rbacRefusal>,
): boolean {
  if (after === undefined) return false;
  return (
    after.workload !== before.workload ||
    after.step.phase !== before.step.phase ||
    after.step.matchedPolicy !== before.step.matchedPolicy
  );
}

function remediesOf(trace: Trace): CallRemedy[] {
  const { disposition } = trace;
  if (disposition.kind !== 'refused') return [];
  if (disposition.by === 'authentication') {
    const hadToken = trace.hops.some((hop) =>
      hop.steps.some((step) => step.kind === 'jwt-check' && step.result === 'refused'),
    );
    return [hadToken ? 'present-valid-token' : 'present-token'];
  }
  const noToken = trace.hops.some((hop) =>
    hop.steps.some(
      (step) =>
        step.kind === 'rbac-check' &&
        step.decision === 'denied' &&
        step.rules.some((rule) => rule.failed.some((failed) => failed.field.includes('equestPrincipals'))),
    ),
  );
  if (disposition.by === 'authorization') return noToken ? ['present-token'] : [];
  return disposition.by === 'no-filter-chain' ? ['call-through-a-sidecar'] : [];
}

/** The difference of two texts as one edit a file: common head and tail stay. */
function editsBetween(before: SuggestEnv['files'], after: SuggestEnv['files']): TextEdit[] {
  return after.flatMap((file): TextEdit[] => {
    const old = before.find(({ name }) => name === file.name)?.text ?? '';
    if (old === file.text) return [];
    let start = 0;
    while (start < old.length && old[start] === file.text[start]) start++;
    let tail = 0;
    while (
      tail < old.length - start &&
      tail < file.text.length - start &&
      old.at(-1 - tail) === file.text.at(-1 - tail)
    )
      tail++;
    return [{ file: file.name, start, end: old.length - tail, text: file.text.slice(start, file.text.length - tail) }];
  });
}

const lines = (edit: TextEdit): number => Math.max(1, edit.text.split('\n').length - 1);
