/**
 * What the bytes between two hops travel in: plain text, one TLS tunnel, or a tunnel in a tunnel.
 *
 * Trace -> one leg for each hop with a parent. Both ends of a handshake record it under one number;
 * every leg between them carries it, so proxies in between that only pass bytes on are inside the
 * tunnel. Where one end is missing (nobody there spoke TLS) the next party on that side stands in.
 */
import type { TlsHandshakeStep } from './tlsStep.ts';
import type { Hop, HopId, Trace } from './trace.ts';

/** The connection from `near` (towards the caller) to `far`. */
export interface Leg {
  readonly near: HopId;
  readonly far: HopId;
  /** Outermost first; [] is plain text. */
  readonly tunnels: readonly Tunnel[];
}

export interface Tunnel {
  readonly handshake: TlsHandshakeStep;
  /** The hops at its ends. */
  readonly client: HopId;
  readonly server: HopId;
  /** The client presented a certificate and the server asked for one. */
  readonly mutual: boolean;
  readonly established: boolean;
}

export function legsOf(trace: Trace): readonly Leg[] {
  const tunnels = tunnelsOf(trace);
  const spans = tunnels.map((tunnel) => ({ tunnel, legs: legsBetween(trace, tunnel.client, tunnel.server) }));
  return trace.hops.flatMap((hop) =>
    hop.parent === undefined
      ? []
      : [
          {
            near: hop.parent,
            far: hop.id,
            tunnels: spans
              .filter(({ legs }) => legs.has(hop.id))
              // Of two tunnels the one that spans more is inside: it was there before and goes on beyond.
              .sort((a, b) => a.legs.size - b.legs.size || a.tunnel.handshake.layer - b.tunnel.handshake.layer)
              .map(({ tunnel }) => tunnel),
          },
        ],
  );
}

/** Every handshake of a trace once, with the hops at its ends. */
export function tunnelsOf(trace: Trace): readonly Tunnel[] {
  const ends = new Map<string, { handshake: TlsHandshakeStep; client?: Hop; server?: Hop }>();
  for (const hop of trace.hops) {
    for (const step of hop.steps) {
      if (step.kind !== 'tls-handshake') continue;
      const key = `${step.connection}.${step.layer}`;
      ends.set(key, { ...(ends.get(key) ?? { handshake: step }), [step.role]: hop });
    }
  }
  return [...ends.values()].flatMap(({ handshake, client, server }) => {
    const near = client ?? partyBefore(trace, server);
    const far = server ?? partyAfter(trace, client);
    if (near === undefined || far === undefined) return [];
    const mutual =
      handshake.client.certificateChain.length > 0 && handshake.server.clientCertificate !== 'not-requested';
    const established = handshake.result.kind === 'established';
    return [{ handshake, client: near.id, server: far.id, mutual, established }];
  });
}

/** Load balancers pass bytes on; they are no party to TLS. */
function partyBefore(trace: Trace, hop: Hop | undefined): Hop | undefined {
  const parent = hop === undefined ? undefined : parentOf(trace, hop);
  return parent?.party.kind === 'network' ? partyBefore(trace, parent) : parent;
}

function partyAfter(trace: Trace, hop: Hop | undefined): Hop | undefined {
  const child = hop === undefined ? undefined : trace.hops.find((candidate) => candidate.parent === hop.id);
  return child?.party.kind === 'network' ? (partyAfter(trace, child) ?? child) : child;
}

const parentOf = (trace: Trace, hop: Hop): Hop | undefined =>
  trace.hops.find((candidate) => candidate.id === hop.parent);

/** The far hops of every leg from one hop to another beyond it. */
function legsBetween(trace: Trace, near: HopId, far: HopId): ReadonlySet<HopId> {
  const legs = new Set<HopId>();
  let hop = trace.hops.find((candidate) => candidate.id === far);
  while (hop !== undefined && hop.id !== near) {
    legs.add(hop.id);
    hop = parentOf(trace, hop);
  }
  return legs;
}
