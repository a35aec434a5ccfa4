/** What stands, and what becomes of calls over it: each is made twice. */
import { type CompiledMesh, endOf, evaluate, openConnections, type StandingConnection } from '../../engine.ts';
import type { ConnectionsQuery, ConnectionsView, OpenConnectionView } from '../connectionsView.ts';
import { certificateView } from './certificates.ts';

export interface OpenConnection {
  readonly id: number;
  readonly connection: StandingConnection;
}

/** What is open after the query. */
export function openAndForget(
  compiled: CompiledMesh,
  known: readonly OpenConnection[],
  query: ConnectionsQuery,
): readonly OpenConnection[] {
  const open = known.filter(({ id }) => query.standing.includes(id));
  let last = Math.max(0, ...known.map(({ id }) => id), ...query.standing);
  for (const call of query.open) {
    const standing = open.map(({ connection }) => connection);
    for (const connection of openConnections(compiled.simulation, standing, call)) {
      last += 1;
      open.push({ id: last, connection });
    }
  }
  return open;
}

export function connectionsView(
  compiled: CompiledMesh,
  open: readonly OpenConnection[],
  { calls }: ConnectionsQuery,
): ConnectionsView {
  const standing = open.map(({ connection }) => connection);
  const compared = calls.flatMap((call) => {
    const over = evaluate(compiled, call, { standing });
    const goesOver = over.hops.some(({ steps }) =>
      steps.some((step) => step.kind === 'tls-handshake' && step.earlier !== undefined),
    );
    return goesOver ? [{ call, over, anew: evaluate(compiled, call) }] : [];
  });
  return { connections: open.map((one) => viewOf(compiled, one)), calls: compared };
}

function viewOf(compiled: CompiledMesh, { id, connection }: OpenConnection): OpenConnectionView {
  const { openedAt, client, server } = connection;
  const [clientLeaf] = server.session.peerChain;
  const end = endOf(compiled.simulation, connection);
  return {
    id,
    openedAt,
    ...(client.workload === undefined ? {} : { client: client.workload.id }),
    byCaller: client.cluster === undefined,
    server: server.workload.id,
    serverCertificate: certificateView(server.session.serverChain[0]),
    ...(clientLeaf === undefined ? {} : { clientCertificate: certificateView(clientLeaf) }),
    ...(end === undefined ? {} : { end }),
  };
}
