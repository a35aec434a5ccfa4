/**
 * The facade: text -> compiled mesh -> verdicts. What the worker, the command line, the conformance
 * runner and a host's page import. Pure and deterministic: same text, options, call and seed, same
 * answers; nothing here knows a clock, a network or a screen.
 *
 * `parse` never fails. `compile` is asynchronous by contract (hosts may move it to a worker) and
 * lazy: each proxy's configuration and certificates are made when first asked for, then kept.
 * `evaluate` is synchronous.
 */

import type { RotationPlan } from './analysis/disturbance/rotateRoot.ts';
import type {
  DisturbanceEnv,
  DisturbanceKind,
  HeldOf,
  RotationView,
  WhatBreaks,
} from './analysis/disturbance/types.ts';
import type { ChangePreview } from './analysis/previewChange.ts';
import type { SuggestEnv, Suggestions } from './analysis/suggest/types.ts';
import type { Diagnostic } from './base/diagnostics/diagnostic.ts';
import type { WorkloadId } from './base/ids.ts';
import { invariant } from './base/invariant.ts';
import type { Origin } from './base/origin.ts';
import { ok, type Result } from './base/result.ts';
import type { CallCapture } from './capture/captureOfCall.ts';
import { buildProxyConfig } from './control-plane/buildProxyConfig.ts';
import type { ProxyConfig } from './control-plane/envoy/proxyConfig.ts';
import { issuanceDiagnostics } from './control-plane/identity/issuanceDiagnostics.ts';
import { certificateLife, heldAt, renewalPeriodOf } from './control-plane/identity/rotation.ts';
import { meshIssuedCertificate, workloadIdentity } from './control-plane/identity/workloadIdentity.ts';
import { secretCertificate } from './control-plane/secrets/heldCertificate.ts';
import type { WorkloadIdentity } from './control-plane/secrets/identity.ts';
import { atMoment } from './control-plane/secrets/running.ts';
import { applicationIdentity } from './data-plane/application/servingIdentity.ts';
import { type CallOptions, withConnections } from './data-plane/callOptions.ts';
import { enumerateChoices, seededChooser } from './data-plane/chooser.ts';
import { type BenchResult, inspectToken as judgeByProxy } from './data-plane/filters/jwtAuthnBench.ts';
import type { SimulationEnv } from './data-plane/run.ts';
import { simulateCall } from './data-plane/simulateCall.ts';
import type { Fix } from './editing/fixes/fix.ts';
import type { Drawing, Drawn, Intention, IntentionOf, Refusal, Removable } from './editing/intentions/intention.ts';
import type { TextEdit } from './editing/textEdit.ts';
import { type Breakage, brokenToken, type Claims } from './jwt/breakages.ts';
import { keySetText, meshIssuer, mintToken } from './jwt/mint.ts';
import { buildMesh } from './mesh/buildMesh.ts';
import type { Mesh, MeshOptions, Workload } from './mesh/types.ts';
import { pluggedInCaFiles } from './pki/ca/pluggedInCa.ts';
import { parseCertificates } from './pki/certificate.ts';
import type { HandshakeTranscript } from './pki/tls/index.ts';
import type { HandshakeView } from './pki/tls/view.ts';
import type { Certificate } from './pki/types.ts';
import { parseEmbeddedConfig } from './resources/embeddedConfig.ts';
import { createParseCache, type ParseCache, parseWorkspace } from './resources/parseWorkspace.ts';
import type { ParsedWorkspace, WorkspaceFile } from './resources/types.ts';
import { parsePlainYaml } from './resources/yaml/plainYaml.ts';
import type { Call } from './trace/call.ts';
import type { Trace } from './trace/trace.ts';

export interface CompiledMesh {
  readonly parsed: ParsedWorkspace;
  readonly mesh: Mesh;
  /** The parser's, the webhook's and the mesh's, in that order. */
  readonly diagnostics: readonly Diagnostic[];
  readonly proxyConfig: (workload: WorkloadId) => ProxyConfig;
  readonly identityOf: (workload: WorkloadId) => WorkloadIdentity;
  /** A certificate that a proxy, a Secret or an application of this mesh (or `remember`ed call) holds. */
  readonly certificate: (fingerprint: string) => Certificate | undefined;
  /** Makes the certificates of a PEM text findable by fingerprint. */
  readonly remember: (pem: string) => void;
  readonly simulation: SimulationEnv;
}

export function parse(files: readonly WorkspaceFile[], cache?: ParseCache): ParsedWorkspace {
  return parseWorkspace(files, cache);
}

export async function compile(parsed: ParsedWorkspace, options: MeshOptions): Promise<CompiledMesh> {
  // No verdict needs it: on its way while the mesh is built.
  const loading = import('./analysis/findings.ts');
  const { mesh, diagnostics } = buildMesh(parsed, options, parseEmbeddedConfig, parsePlainYaml);
  const configs = new Map<WorkloadId, ProxyConfig>();
  const identities = new Map<WorkloadId, WorkloadIdentity>();
  const certificates = new Map<string, Certificate>();

  const workloadOf = (id: WorkloadId): Workload => {
    const workload = mesh.workloads.get(id);
    invariant(workload !== undefined, `no workload ${id}`);
    return workload;
  };
  const keep = (chain: readonly Certificate[]): void => {
    for (const certificate of chain) certificates.set(certificate.fingerprint, certificate);
  };
  const identityOf = (id: WorkloadId): WorkloadIdentity => {
    const known = identities.get(id);
    if (known !== undefined) return known;
    const identity = workloadIdentity(mesh, workloadOf(id));
    // Its own chain is made only when somebody meets it; `secretCertificate` finds it then.
    if (identity.kind === 'issued') keep(identity.anchors);
    identities.set(id, identity);
    return identity;
  };
  const proxyConfig = (id: WorkloadId): ProxyConfig => {
    const known = configs.get(id);
    if (known !== undefined) return known;
    const config = buildProxyConfig(mesh, workloadOf(id), identityOf(id));
    invariant(config !== undefined, `${id} has no proxy`);
    configs.set(id, config);
    return config;
  };
  const remember = (pem: string): void => {
    const parsedPem = parseCertificates(pem);
    if (parsedPem.ok) keep(parsedPem.value);
  };
  const { findings } = await loading;
  const simulation: SimulationEnv = {
    mesh,
    configOf: proxyConfig,
    servingIdentity: (workload, application) => applicationIdentity(mesh, workload, application),
  };
  return {
    parsed,
    mesh,
    diagnostics: [...parsed.diagnostics, ...diagnostics, ...issuanceDiagnostics(mesh), ...findings(mesh)],
    proxyConfig,
    identityOf,
    certificate: (fingerprint) => certificates.get(fingerprint) ?? secretCertificate(configs.values(), fingerprint),
    remember,
    simulation,
  };
}

/** A caller's certificate and key (PEM), signed by the mesh's own CA. */
export const issueForCaller = (compiled: CompiledMesh, spiffeId: string) =>
  meshIssuedCertificate(compiled.mesh, spiffeId);

/** As the call meets it: with the connections it may go over, at a moment of the gateways' lives. */
const simulationFor = ({ simulation }: CompiledMesh, options: CallOptions): SimulationEnv =>
  withConnections(atMoment(simulation, options.gateways), options);

/** One call. */
export function evaluate(compiled: CompiledMesh, call: Call, options: CallOptions = {}): Trace {
  if (call.request.kind === 'http') {
    const { caCertificates, certificate } = call.request.tls;
    if (caCertificates !== undefined) compiled.remember(caCertificates);
    if (certificate !== undefined) compiled.remember(certificate.chain);
  }
  return simulateCall(simulationFor(compiled, options), call, seededChooser(options.seed ?? compiled.mesh.seed));
}

/** The TLS engine and what goes with it; nothing else of the engine needs them. */
export const loadCapture = () => import('./capture/index.ts');

/**
 * The bytes of a handshake of the call, as the TlsHandshakeStep with this connection number tells of
 * it; undefined: there is none. The call is made again, so it has to come with the same seed.
 */
export async function handshake(
  compiled: CompiledMesh,
  call: Call,
  connection: number,
  options: CallOptions = {},
): Promise<HandshakeTranscript | undefined> {
  const { handshakeOfCall, observeCall } = await loadCapture();
  const { mesh } = compiled;
  const observed = observeCall(simulationFor(compiled, options), call, seededChooser(options.seed ?? mesh.seed));
  return handshakeOfCall(observed, connection, { now: mesh.now, seed: mesh.seed });
}

/** A handshake as a view shows it: plain hex data with every field's meaning. */
export async function viewOfHandshake(transcript: HandshakeTranscript): Promise<HandshakeView> {
  return (await loadCapture()).handshakeView(transcript);
}

/** Every packet of the call on every hop, and the key log that opens them. */
export async function capture(
  compiled: CompiledMesh,
  call: Call,
  options: { readonly seed?: string } = {},
): Promise<CallCapture> {
  const { captureOfCall, observeCall } = await loadCapture();
  const { mesh, simulation } = compiled;
  const observed = observeCall(simulation, call, seededChooser(options.seed ?? mesh.seed));
  return captureOfCall(observed, { now: mesh.now, seed: mesh.seed });
}

/** What makes many calls to answer one question; no single verdict needs it. */
export const loadAnalysis = () => import('./analysis/index.ts');

/** What one change would let this call through? The edits are verified by making the call again. */
export async function suggestEdits(
  files: readonly WorkspaceFile[],
  options: MeshOptions,
  call: Call,
  cache: ParseCache = createParseCache(),
): Promise<Suggestions> {
  return (await loadAnalysis()).suggest(trialEnv(files, options, cache), call);
}

function trialEnv(files: readonly WorkspaceFile[], options: MeshOptions, cache: ParseCache): SuggestEnv {
  return {
    files,
    async compile(changed) {
      const compiled = await compile(parse(changed, cache), options);
      return { parsed: compiled.parsed, mesh: compiled.mesh, evaluate: (other) => evaluate(compiled, other) };
    },
  };
}

const disturbanceEnv = ({ parsed, mesh }: CompiledMesh): DisturbanceEnv => ({
  now: mesh.now,
  longestLife: Math.max(...[...mesh.workloads.values()].map(certificateLife), 0),
  async compile(disturbance, now) {
    const { disturbance: _, ...options } = mesh.options;
    const compiled = await compile(parsed, { ...options, now, ...(disturbance && { disturbance }) });
    return { mesh: compiled.mesh, evaluate: (call) => evaluate(compiled, call) };
  },
});

/** Which of these calls, and of the mesh's own edges, end differently under a disturbance of keys or clocks? */
export async function whatBreaks(
  compiled: CompiledMesh,
  kind: DisturbanceKind,
  calls: readonly Call[],
): Promise<WhatBreaks> {
  return (await loadAnalysis()).whatBreaks(disturbanceEnv(compiled), kind, calls);
}

/** A new root takes the place of an authority's: which proxy holds what when, and which calls fail meanwhile. */
export async function rotateRoot(
  compiled: CompiledMesh,
  { authority, plan, gap }: { readonly authority: string; readonly plan: RotationPlan; readonly gap: number },
  calls: readonly Call[],
): Promise<RotationView> {
  const { mesh } = compiled;
  const { rotateRoot: rotate, stepsOf } = await loadAnalysis();
  const rotation = { authority, steps: stepsOf(plan, mesh.now + 3_600_000, gap) };
  const certified = [...mesh.workloads.values()].filter(({ id, proxy }) => {
    const identity = proxy === 'none' ? undefined : compiled.identityOf(id);
    return identity?.kind === 'issued' && identity.authority.id === authority;
  });
  const held: HeldOf = (id, at) => {
    const workload = mesh.workloads.get(id);
    invariant(workload !== undefined, `no workload ${id}`);
    return heldAt(mesh, workload, rotation, at);
  };
  const rotated = { held, certified: certified.map(({ id }) => id), periods: certified.map(renewalPeriodOf) };
  return rotate(disturbanceEnv(compiled), rotated, rotation, calls);
}

/** One token against every jwtRule in force on a proxy; undefined: there is no such proxy. */
export function inspectToken(
  compiled: CompiledMesh,
  id: WorkloadId,
  token: string,
): readonly BenchResult[] | undefined {
  if ((compiled.mesh.workloads.get(id)?.proxy ?? 'none') === 'none') return undefined;
  return judgeByProxy(compiled.proxyConfig(id), token, compiled.mesh.now);
}

/**
 * A token of the issuer that this mesh holds under that name, whole or broken in one way. `jwks` is
 * the issuer's key set: only a rule that holds it accepts the token.
 */
export function mintForMesh(
  { mesh }: CompiledMesh,
  issuer: string,
  claims: Claims,
  breakage?: Breakage,
): { readonly token: string; readonly jwks: string } {
  const keys = meshIssuer(mesh.seed, issuer);
  const token =
    breakage === undefined ? mintToken(keys, claims) : brokenToken(keys, claims, breakage, mesh.now, mesh.seed);
  return { token, jwks: keySetText([keys]) };
}

/** Puts the key set of the mesh's issuer into the jwtRule at `rule`: its `jwks` comes before its `jwksUri`. */
export async function keySetEdit(
  { mesh }: CompiledMesh,
  files: readonly WorkspaceFile[],
  rule: Origin,
  issuer: string,
): Promise<TextEdit | undefined> {
  const { locateObject, setField } = await loadEditing();
  const object = locateObject(files, rule.resource);
  if (object === undefined) return undefined;
  return setField(object, [...rule.path, 'jwks'], keySetText([meshIssuer(mesh.seed, issuer)]));
}

/** Intentions and quick fixes: nobody needs them before the first gesture. */
const loadEditing = () => import('./editing/index.ts');

function drawingOf({ parsed, mesh }: CompiledMesh, files: readonly WorkspaceFile[]): Drawing {
  return {
    files,
    parsed,
    mesh,
    material: {
      keySet: (issuer) => keySetText([meshIssuer(mesh.seed, issuer)]),
      pluggedInCa: () => pluggedInCaFiles(mesh.seed, mesh.now),
    },
  };
}

/** The edits that carry out what somebody draws, or why they cannot. */
export async function draw(
  compiled: CompiledMesh,
  files: readonly WorkspaceFile[],
  intention: Intention,
): Promise<Drawn> {
  return (await loadEditing()).intend(drawingOf(compiled, files), intention);
}

/** Things of the mesh as YAML text, as they are written; '' when there are none. */
export async function excerpt(
  compiled: CompiledMesh,
  files: readonly WorkspaceFile[],
  what: readonly Removable[],
): Promise<string> {
  return (await loadEditing()).excerpt(drawingOf(compiled, files), what);
}

/** What would mend a diagnostic of this text, best first. */
export async function fixesFor(
  compiled: CompiledMesh,
  files: readonly WorkspaceFile[],
  diagnostic: Diagnostic,
): Promise<readonly Fix[]> {
  return (await loadEditing()).fixesFor(drawingOf(compiled, files), diagnostic);
}

/** The policy that would allow one workload to call another, and what else it would open or close. */
export async function previewAllowCall(
  compiled: CompiledMesh,
  files: readonly WorkspaceFile[],
  intention: IntentionOf<'allow-call'>,
): Promise<Result<ChangePreview, Refusal>> {
  const drawn = await draw(compiled, files, intention);
  if (!drawn.ok) return drawn;
  const { previewChange } = await loadAnalysis();
  const preview = await previewChange(
    trialEnv(files, compiled.mesh.options, createParseCache()),
    drawn.value.edits,
    intention.target,
  );
  return ok(preview);
}

/** The language service of the editor; a page that only sends calls needs none of it. */
export const loadLanguage = () => import('./language/index.ts');

/** More possible outcomes than this are not told apart. */
const ENUMERATION_LIMIT = 256;

/** Every outcome the call can have, however the lots fall. */
export function enumerate(compiled: CompiledMesh, call: Call): readonly Trace[] {
  return enumerateChoices((chooser) => simulateCall(compiled.simulation, call, chooser), ENUMERATION_LIMIT).results;
}

export type * from './analysis/types.ts';
export type { CallCapture } from './capture/captureOfCall.ts';
export type * from './control-plane/envoy/index.ts';
export { type HeldCertificate, heldCertificates } from './control-plane/identity/heldCertificates.ts';
export { issuanceOf, meshIssuance } from './control-plane/identity/meshIssuance.ts';
export type { AttachablePolicy, ConsideredPolicy } from './control-plane/policies.ts';
export { attachedPolicies, effectivePeerAuthentication, groupByNamespace } from './control-plane/policies.ts';
export type { WorkloadIdentity } from './control-plane/secrets/identity.ts';
export { type SecretHold, type SecretPush, secretPushes } from './control-plane/secrets/pushes.ts';
export { gatewaysRunOn, type RunningGateways } from './control-plane/secrets/running.ts';
export { type SecretSubscription, secretSubscriptions } from './control-plane/secrets/subscriptions.ts';
export type { CallOptions } from './data-plane/callOptions.ts';
export type { Ended, StandingConnection } from './data-plane/standing/keeper.ts';
export { certificatesOfConnection, endOf, openConnections } from './data-plane/standing/keeper.ts';
export type { Fix, FixCode } from './editing/fixes/fix.ts';
export type * from './editing/intentions/intention.ts';
export { applyEdits, type TextEdit } from './editing/textEdit.ts';
export type { Breakage, Claims } from './jwt/breakages.ts';
export { jwtStatusText } from './jwt/index.ts';
export { peekToken } from './jwt/mint.ts';
export type * from './language/index.ts';
export { selects } from './mesh/labels.ts';
export { resourcesOf } from './mesh/resourceIndex.ts';
export type * from './mesh/types.ts';
export { agentRenewal, certManagerRenewal, selfSignedRootRenewal } from './pki/ca/lifetimes.ts';
export { CLOCK_SKEW_GRACE } from './pki/ca.ts';
export { altNames, certificatePem, parseCertificates } from './pki/certificate.ts';
export { type CsrFailure, type CsrStep, parseGoDuration } from './pki/issuance.ts';
export type { CurveWalk } from './pki/tls/curveWalk.ts';
export type { HandshakeTranscript } from './pki/tls/index.ts';
export type { HandshakeView } from './pki/tls/view.ts';
export type { Certificate } from './pki/types.ts';
export { type FieldEntry, listFields } from './resources/listFields.ts';
export { createParseCache, type ParseCache } from './resources/parseWorkspace.ts';
export type { ParsedWorkspace, Resource, WebhookFinding, WorkspaceFile } from './resources/types.ts';
export { parsePlainYaml } from './resources/yaml/plainYaml.ts';
export type * from './trace/call.ts';
export { type EvidenceIndex, kindsOf, type RecordedCall } from './trace/evidence.ts';
export { distinctSummaries } from './trace/summary.ts';
export type * from './trace/trace.ts';
