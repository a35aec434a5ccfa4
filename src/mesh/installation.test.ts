/** An IstioOperator stands for the objects that `istioctl install -f` makes of it. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { testMesh } from '../testing/callMesh.ts';

const read = (name: string): string => readFileSync(`src/scenarios/catalog/custom-ca/${name}`, 'utf8');
const documents = ['istiod.yaml', 'signers.yaml', 'tenants.yaml'].flatMap((name) => read(name).split(/^---$/m));
const of = (kind: string, name: string): string =>
  documents.find((text) => text.includes(`kind: ${kind}\n`) && text.includes(`name: ${name}\n`)) ?? '';
const SPELLED_OUT = [
  of('ConfigMap', 'istio'),
  of('Deployment', 'istiod'),
  of('ClusterRole', 'istiod-clusterrole-istio-system'),
];
const rest = documents.filter((text) => !SPELLED_OUT.includes(text));
const indented = (text: string, by: number): string => text.replaceAll(/^(?=.)/gm, ' '.repeat(by));
/** MeshConfig of the example, as YAML. */
const meshConfig = (/mesh: \|\n([\s\S]*)/.exec(SPELLED_OUT[0] ?? '')?.[1] ?? '').replaceAll(/^ {4}/gm, '');

const SIGNERS = ['foo', 'bar', 'istio-system'].map((name) => `clusterissuers.cert-manager.io/${name}`);
const overlay = (signers: readonly string[], path = 'rules[-1]'): string => `
        overlays:
          - kind: ClusterRole
            name: istiod-clusterrole-istio-system
            patches:
              - path: ${path}
                value: |
                  apiGroups: [certificates.k8s.io]
                  resourceNames: [${signers.join(', ')}]
                  resources: [signers]
                  verbs: [approve]`;

/** As the task has it: no metadata at all. */
const operator = (patch = overlay(SIGNERS), values = ''): string => `
apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
spec:
  values:
    pilot:
      env:
        EXTERNAL_CA: ISTIOD_RA_KUBERNETES_API${values}
  meshConfig:
${indented(meshConfig, 4)}
  components:
    pilot:
      k8s:
        env:
          - name: CERT_SIGNER_DOMAIN
            value: clusterissuers.cert-manager.io
          - name: PILOT_CERT_PROVIDER
            value: k8s.io/clusterissuers.cert-manager.io/istio-system${patch}
`;

const { calls, seed, now } = JSON.parse(read('workspace.json')) as {
  readonly calls: readonly { readonly from: string; readonly url: string; readonly connectTo?: string }[];
  readonly seed: string;
  readonly now: string;
};
const options = { seed, now: Date.parse(now) };
const inside = calls.filter(({ from, url }) => from !== 'outside' && url.startsWith('http'));

async function ends(texts: readonly string[]) {
  const mesh = await testMesh(texts.join('\n---\n'), options);
  const known = inside.filter(({ from }) => mesh.compiled.mesh.workloads.has(from as never));
  return known.map(({ from, url }) => [from, url, mesh.call({ from, url }).disposition.kind]);
}

describe('an IstioOperator', () => {
  it('gives the verdicts of the objects it installs', async () => {
    expect(SPELLED_OUT.every((text) => text !== '')).toBe(true);
    const spelledOut = await ends(documents);
    expect(spelledOut.map(([, , kind]) => kind)).toContain('served');
    expect(await ends([operator(), ...rest])).toEqual(spelledOut);
  });

  it('is read without diagnostics', async () => {
    const { compiled } = await testMesh([operator(), ...rest].join('\n---\n'), options);
    expect(compiled.diagnostics).toEqual([]);
  });

  it.each<[string, string, readonly string[] | undefined]>([
    ['nothing patches its ClusterRole: the chart grants one signer', '', ['kubernetes.io/legacy-unknown']],
    ['a rule is added', overlay(SIGNERS.slice(0, 1)), ['kubernetes.io/legacy-unknown', SIGNERS[0] ?? '']],
    ['a patch is not read', overlay(SIGNERS, 'rules[3].resourceNames'), undefined],
  ])('tells the signers that istiod may approve: %s', async (_, patch, expected) => {
    const { compiled } = await testMesh(operator(patch), options);
    expect(compiled.mesh.installation?.mayApprove).toEqual(expected);
  });

  it('lets values win over the fields beside them, key by key, and env of the component over both', async () => {
    const values =
      '\n        CERT_SIGNER_DOMAIN: example.com\n        PILOT_X: 7\n    meshConfig: {trustDomain: example.com}';
    const { compiled } = await testMesh(operator('', values), options);
    const { config, installation } = compiled.mesh;
    expect(config.trustDomain).toBe('example.com');
    expect(config.defaultConfig.proxyMetadata).toEqual({ ISTIO_META_CERT_SIGNER: 'istio-system' });
    expect(installation?.environment).toEqual({
      EXTERNAL_CA: 'ISTIOD_RA_KUBERNETES_API',
      PILOT_X: '7',
      CERT_SIGNER_DOMAIN: 'clusterissuers.cert-manager.io',
      PILOT_CERT_PROVIDER: 'k8s.io/clusterissuers.cert-manager.io/istio-system',
    });
  });

  it('goes behind the ConfigMap that the workspace spells out', async () => {
    const configMap = `{apiVersion: v1, kind: ConfigMap, metadata: {name: istio, namespace: istio-system}, data: {mesh: "trustDomain: spelled.out"}}`;
    const { compiled } = await testMesh([operator(), configMap].join('\n---\n'), options);
    expect(compiled.mesh.config.trustDomain).toBe('spelled.out');
  });

  it('says what of it is not read, and what is wrong in its MeshConfig', async () => {
    const more =
      '\n  profile: ambient\n  components: {ingressGateways: [{name: gw, enabled: true}]}\n  meshConfig: {trustDomain: 7, nonsense: 1}';
    const text = `apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: {name: x}\nspec:${more}`;
    const { compiled } = await testMesh(text, options);
    expect(compiled.diagnostics.map(({ code, params }) => [code, params.field])).toEqual(
      expect.arrayContaining([
        ['unmodelled-field', 'spec.profile'],
        ['unmodelled-field', 'spec.components.ingressGateways'],
        ['unknown-field', 'spec.meshConfig.nonsense'],
        ['wrong-type', 'spec.meshConfig.trustDomain'],
      ]),
    );
  });
});
