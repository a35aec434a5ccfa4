/** Things that go elsewhere: moved, copied, pasted, removed; and what the rest of the mesh says of them then. */
import { describe, expect, it } from 'vitest';
import { resourceId, type WorkloadId } from '../../base/ids.ts';
import type { WorkspaceFile } from '../../resources/types.ts';
import { drawingOf, drawnOn } from '../../testing/drawing.ts';
import { applyEdits } from '../textEdit.ts';
import { excerpt } from './excerpt.ts';
import { intend } from './intend.ts';
import type { Change, Intention } from './intention.ts';

const id = (text: string): WorkloadId => text as WorkloadId;
const MESH: readonly WorkspaceFile[] = drawnOn(
  [],
  { kind: 'add-namespace', name: 'shop', injection: true },
  { kind: 'add-namespace', name: 'annex', injection: true },
  { kind: 'add-workload', namespace: 'shop', name: 'web', port: 8080 },
  { kind: 'add-workload', namespace: 'shop', name: 'api', port: 9000 },
  {
    kind: 'apply-policy',
    scope: { kind: 'workload', id: id('shop/api') },
    policy: { kind: 'PeerAuthentication', mode: 'STRICT' },
  },
  {
    kind: 'apply-policy',
    scope: { kind: 'workload', id: id('shop/api') },
    policy: { kind: 'DestinationRule', tls: 'ISTIO_MUTUAL' },
  },
  { kind: 'allow-call', caller: id('shop/web'), target: id('shop/api') },
);

function change(
  files: readonly WorkspaceFile[],
  intention: Intention,
): { files: readonly WorkspaceFile[]; change: Change } {
  const outcome = intend(drawingOf(files), intention);
  if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome.error)}`);
  return { files: applyEdits(files, outcome.value.edits), change: outcome.value };
}
const idsIn = (files: readonly WorkspaceFile[]): string[] => drawingOf(files).parsed.resources.map((one) => one.id);
const textOf = (files: readonly WorkspaceFile[]): string => files.map(({ text }) => text).join('');

describe('a moved workload', () => {
  it('takes along what is only its own', () => {
    const { files } = change(MESH, { kind: 'move', workloads: [id('shop/api')], namespace: 'annex' });
    expect(idsIn(files).filter((one) => one.includes('/annex/'))).toEqual([
      'core/ServiceAccount/annex/api',
      'apps/Deployment/annex/api',
      'core/Service/annex/api',
      'security.istio.io/PeerAuthentication/annex/api',
      'networking.istio.io/DestinationRule/annex/api',
      'security.istio.io/AuthorizationPolicy/annex/api-allow-web',
    ]);
    expect(textOf(files)).toContain('host: api.annex.svc.cluster.local');
  });

  it('is still known to those who call it or allow it', () => {
    const { files } = change(MESH, { kind: 'move', workloads: [id('shop/web')], namespace: 'annex' });
    expect(textOf(files)).toContain('cluster.local/ns/annex/sa/web');
    const route = {
      name: 'r.yaml',
      text: 'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: r, namespace: shop}\nspec: {hosts: [web, api]}\n',
    };
    const moved = change([...MESH, route], { kind: 'move', workloads: [id('shop/web')], namespace: 'annex' });
    expect(moved.files[1]?.text).toBe(route.text.replace('[web,', '[web.annex.svc.cluster.local,'));
  });

  it('comes back to the same text', () => {
    const { files } = change(MESH, { kind: 'move', workloads: [id('shop/api')], namespace: 'annex' });
    expect(change(files, { kind: 'move', workloads: [id('annex/api')], namespace: 'shop' }).files).toEqual(MESH);
  });

  it('leaves the default namespace that is not written', () => {
    const bare = [
      {
        name: 'a.yaml',
        text: 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: p # alone\nspec: {containers: [{name: a}]}\n',
      },
    ];
    const { files } = change(bare, { kind: 'move', workloads: [id('default/p')], namespace: 'shop' });
    expect(files[0]?.text).toContain('  name: p # alone\n  namespace: shop\n');
    expect(idsIn(files)).toEqual(['core/Pod/shop/p', 'core/Namespace//shop']);
  });

  it.each<[string, Intention, string]>([
    ['nowhere new', { kind: 'move', workloads: [id('shop/api')], namespace: 'shop' }, 'nothing-to-do'],
    ['to no namespace', { kind: 'move', workloads: [id('shop/api')], namespace: 'a b' }, 'name-invalid'],
    ['when it is not there', { kind: 'move', workloads: [id('shop/no')], namespace: 'annex' }, 'not-there'],
  ])('goes %s', (_, intention, code) => {
    expect(intend(drawingOf(MESH), intention)).toMatchObject({ ok: false, error: { code } });
  });

  it('is refused where its name is taken', () => {
    const files = drawnOn(MESH, { kind: 'add-workload', namespace: 'annex', name: 'api', port: 1 });
    expect(intend(drawingOf(files), { kind: 'move', workloads: [id('shop/api')], namespace: 'annex' })).toMatchObject({
      ok: false,
      error: { code: 'name-taken' },
    });
  });
});

describe('a copy', () => {
  it('of a workload has its own Service, account and label', () => {
    const { files, change: made } = change(MESH, {
      kind: 'duplicate',
      what: [{ kind: 'workload', id: id('shop/web') }],
    });
    expect(textOf(files).startsWith(textOf(MESH))).toBe(true);
    expect(made.select).toBe('apps/Deployment/shop/web-2');
    expect(made.moved).toEqual([]);
    const { mesh } = drawingOf(files);
    for (const name of ['web', 'web-2']) {
      expect(mesh.workloads.get(id(`shop/${name}`))).toMatchObject({ serviceAccount: name });
      expect(mesh.services.find((one) => one.name === name)?.endpoints.map(({ workload }) => workload)).toEqual([
        `shop/${name}`,
      ]);
    }
  });

  it('of a namespace is another with everything in it, and speaks of itself', () => {
    const { files } = change(MESH, { kind: 'duplicate', what: [{ kind: 'namespace', name: 'shop' }] });
    const copied = textOf(files).slice(textOf(MESH).length);
    expect(idsIn(files)).toHaveLength(idsIn(MESH).length * 2 - 1);
    expect(copied).toContain('cluster.local/ns/shop-2/sa/web');
    expect(copied).not.toMatch(/\bshop\b(?!-2)/);
  });

  it('keeps its comments', () => {
    const files = [
      {
        name: 'a.yaml',
        text: '# mine\napiVersion: v1\nkind: Service\nmetadata: {name: s, namespace: x} # here\nspec: {}\n',
      },
    ];
    const copied = change(files, { kind: 'duplicate', what: [{ kind: 'service', namespace: 'x', name: 's' }] }).files[0]
      ?.text;
    expect(copied).toBe(`${files[0]?.text}---\n${files[0]?.text.replace('name: s,', 'name: s-2,')}`);
  });
});

describe('pasted text', () => {
  const COPIED = excerpt(drawingOf(MESH), [{ kind: 'workload', id: id('shop/web') }]);

  it('is what was copied', () => {
    const elsewhere = change([], { kind: 'paste', text: COPIED }).files;
    expect(elsewhere[0]?.text).toBe(COPIED);
  });

  it('goes to the namespace it is pasted into', () => {
    const { files, change: made } = change(MESH, { kind: 'paste', text: COPIED, namespace: 'annex' });
    expect(made.select).toBe('apps/Deployment/annex/web');
    expect(drawingOf(files).mesh.workloads.get(id('annex/web'))?.spiffeId).toBe(
      'spiffe://cluster.local/ns/annex/sa/web',
    );
  });

  it('takes the line breaks of where it goes', () => {
    const files = [{ name: 'a.yaml', text: 'apiVersion: v1\r\nkind: Namespace\r\nmetadata: {name: annex}\r\n' }];
    expect(change(files, { kind: 'paste', text: COPIED }).files[0]?.text).not.toMatch(/[^\r]\n/);
  });

  it('may be JSON', () => {
    const text = '{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web", "namespace": "shop"}}';
    const { files } = change(MESH, { kind: 'paste', text });
    expect(idsIn(files)).toContain('core/Service/shop/web-2');
    expect(textOf(files)).toContain(text.replace('"web"', '"web-2"'));
  });

  it.each([
    ['nothing', ''],
    ['no YAML', 'a: [1'],
    ['no resource', 'hello: world'],
    ['prose', 'Dear all,\nplease find'],
  ])('is refused when it is %s', (_, text) => {
    expect(intend(drawingOf(MESH), { kind: 'paste', text })).toMatchObject({
      ok: false,
      error: { code: 'nothing-to-paste' },
    });
  });
});

describe('what is removed', () => {
  it('is told of where it is still said', () => {
    const route = {
      name: 'r.yaml',
      text: 'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: r, namespace: shop}\nspec: {hosts: [api, web]}\n',
    };
    const { change: made } = change([...MESH, route], {
      kind: 'remove',
      what: [{ kind: 'workload', id: id('shop/api') }],
    });
    expect(made.left.map(({ code, value, origin }) => [code, value, origin.resource])).toEqual([
      ['dangling-reference', 'api.shop.svc.cluster.local', 'networking.istio.io/DestinationRule/shop/api'],
      ['dangling-reference', 'api', 'networking.istio.io/VirtualService/shop/r'],
      ['selects-nobody', 'api', 'security.istio.io/PeerAuthentication/shop/api'],
      ['selects-nobody', 'api-allow-web', 'security.istio.io/AuthorizationPolicy/shop/api-allow-web'],
    ]);
  });

  it('may be a policy', () => {
    const policy = resourceId('security.istio.io', 'PeerAuthentication', 'shop', 'api');
    const { files } = change(MESH, { kind: 'remove', what: [{ kind: 'resource', id: policy }] });
    expect(idsIn(files)).toEqual(idsIn(MESH).filter((one) => one !== policy));
  });
});
