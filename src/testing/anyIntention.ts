/** Intentions at random, about the names that anyMesh uses and about hostile ones. */
import fc from 'fast-check';
import { resourceId, type WorkloadId } from '../base/ids.ts';
import type { Intention, PolicyScope, Removable } from '../editing/intentions/intention.ts';
import { name, objects, space } from './anyMesh.ts';
import { filesOf } from './anyStyle.ts';

const id = fc.tuple(space, name).map(([of, own]) => `${of}/${own}` as WorkloadId);
const newName = fc.oneof(
  fc.constantFrom('front', 'on', '12', 'web', 'api', 'a.b', 'x\ny: z', '', '"', '{}'),
  fc.string({ maxLength: 8 }),
);
const newSpace = fc.oneof(space, fc.constantFrom('market', 'y', 'no such: place'));
const thing: fc.Arbitrary<Removable> = fc.oneof(
  id.map((own): Removable => ({ kind: 'workload', id: own })),
  space.map((own): Removable => ({ kind: 'namespace', name: own })),
  fc.tuple(space, name).map(([namespace, own]): Removable => ({ kind: 'service', namespace, name: own })),
  fc
    .tuple(
      fc.constantFrom(
        'security.istio.io/PeerAuthentication',
        'core/ServiceAccount',
        'networking.istio.io/VirtualService',
      ),
      space,
      fc.constantFrom('p', 'web', 'api'),
    )
    .map(([key, of, own]): Removable => {
      const [group = '', kind = ''] = key.split('/');
      return { kind: 'resource', id: resourceId(group === 'core' ? '' : group, kind, of, own) };
    }),
);
const nameable = thing.map((what) =>
  what.kind === 'service'
    ? ({ kind: 'resource', id: resourceId('', 'Service', what.namespace, what.name) } as const)
    : what,
);
const scope: fc.Arbitrary<PolicyScope> = fc.oneof(
  fc.constant({ kind: 'mesh' } as const),
  space.map((own) => ({ kind: 'namespace', name: own }) as const),
  id.map((own) => ({ kind: 'workload', id: own }) as const),
);
const port = fc.integer({ min: 1, max: 65535 });

/** Anything that somebody may mean, with names that nobody should have. */
export const anyIntention: fc.Arbitrary<Intention> = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(nameable, newName).map(([what, to]): Intention => ({ kind: 'rename', what, to })) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.array(id, { minLength: 1, maxLength: 2 }), newSpace)
      .map(([workloads, namespace]): Intention => ({ kind: 'move', workloads, namespace })),
  },
  {
    weight: 2,
    arbitrary: fc.array(thing, { minLength: 1, maxLength: 2 }).map((what): Intention => ({ kind: 'duplicate', what })),
  },
  {
    weight: 2,
    arbitrary: fc.array(thing, { minLength: 1, maxLength: 2 }).map((what): Intention => ({ kind: 'remove', what })),
  },
  fc.tuple(objects, fc.nat(), fc.option(newSpace, { nil: undefined })).map(([all, seed, namespace]): Intention => {
    const text = filesOf(all, seed, false, 1)[0]?.text ?? '';
    return { kind: 'paste', text, ...(namespace === undefined ? {} : { namespace }) };
  }),
  fc.tuple(id, id).map(([caller, target]): Intention => ({ kind: 'allow-call', caller, target })),
  fc
    .tuple(space, name, port)
    .map(([namespace, own, at]): Intention => ({ kind: 'add-workload', namespace, name: own, port: at })),
  fc
    .tuple(space, fc.boolean())
    .map(([namespace, injection]): Intention => ({ kind: 'set-injection', namespace, injection })),
  fc
    .constantFrom('drop' as const, 'ignore' as const)
    .map((enforcement): Intention => ({ kind: 'set-network-policies', enforcement })),
  fc
    .tuple(
      scope,
      fc.constantFrom(
        { kind: 'PeerAuthentication', mode: 'STRICT' } as const,
        { kind: 'PeerAuthentication', mode: 'DISABLE' } as const,
        { kind: 'AuthorizationPolicy', preset: 'deny-all' } as const,
        { kind: 'AuthorizationPolicy', preset: 'allow-nothing' } as const,
        { kind: 'RequestAuthentication', issuer: 'me "and": you' } as const,
        { kind: 'DestinationRule', tls: 'DISABLE' } as const,
        { kind: 'Sidecar' } as const,
      ),
    )
    .map(([where, what]): Intention => ({ kind: 'apply-policy', scope: where, policy: what })),
);
