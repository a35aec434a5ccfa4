/**
 * All gateways of one proxy merged port by port: which servers share a listener, which are
 * dropped because an older one stands in the way, and which route table each HTTP server reads.
 *
 * Upstream authority: istio pilot/pkg/model/gateway.go mergeGateways, CheckDuplicates,
 * gatewayRDSRouteName.
 */
import { assertNever } from '../../base/assertNever.ts';
import { compareText } from '../../mesh/resourceIndex.ts';
import { withoutNamespace } from '../routes/hostnames.ts';
import { isHttp } from '../routes/protocols.ts';
import { type AppliedGateway, resolvePorts, type ServerInForce } from './gatewayInForce.ts';
import { isHttpServer, isPassthrough, isTlsServer } from './serverKind.ts';

export interface MergedGateway {
  /** In the order in which listeners and their filter chains are built. */
  readonly ports: readonly MergedPort[];
  /** Servers that read one table; several only on plain HTTP. */
  readonly serversByTable: ReadonlyMap<string, readonly ServerInForce[]>;
  /** Servers that were left out, with the reason. */
  readonly skipped: readonly { readonly server: ServerInForce; readonly reason: SkipReason }[];
}

export type SkipReason = 'duplicate-host' | 'protocol-conflict' | 'duplicate-port-name' | 'no-tls';

/** Servers of one port, protocol and address. */
export interface MergedPort {
  readonly number: number;
  readonly bind: string;
  readonly servers: readonly MergedServer[];
  /** Of a plain HTTP port. */
  readonly table: string;
}

export interface MergedServer {
  readonly server: ServerInForce;
  readonly table: string;
  readonly sniHosts: readonly string[];
}

interface PortState {
  readonly number: number;
  readonly bind: string;
  readonly protocolText: string;
  readonly plainHttp: boolean;
  readonly servers: MergedServer[];
  table: string;
}

/** What stands on one port number so far. */
interface NumberState {
  plainText?: PortState;
  readonly hostOwners: Map<string, string>;
  readonly tlsBinds: Set<string>;
}

export function mergeGateways(gateways: readonly AppliedGateway[]): MergedGateway {
  const ports = new Map<string, PortState>();
  const numbers = new Map<number, NumberState>();
  const tables = new Map<string, ServerInForce[]>();
  const skipped: { server: ServerInForce; reason: SkipReason }[] = [];
  for (const applied of gateways) {
    for (const server of applied.gateway.servers) {
      for (const number of resolvePorts(server.port.number, applied)) {
        const reason = addServer(server, number, ports, numbers, tables);
        if (reason) skipped.push({ server, reason });
      }
    }
  }
  return { ports: [...ports.values()], serversByTable: tables, skipped };
}

function addServer(
  server: ServerInForce,
  number: number,
  ports: Map<string, PortState>,
  numbers: Map<number, NumberState>,
  tables: Map<string, ServerInForce[]>,
): SkipReason | undefined {
  const table = tableName(server, number);
  const known = numbers.get(number);
  const state: NumberState = known ?? { hostOwners: new Map(), tlsBinds: new Set() };
  numbers.set(number, state);
  if (server.tls && !claimHosts(server, state.hostOwners)) return 'duplicate-host';
  const entry: MergedServer = { server, table, sniHosts: sniHosts(server) };
  const appendTable = () => {
    if (table !== '') tables.set(table, [...(tables.get(table) ?? []), server]);
  };
  const placement = known === undefined ? 'first' : state.plainText ? 'beside-plain-text' : 'beside-tls';
  switch (placement) {
    case 'first': {
      const port = addPort(ports, server, number, table, entry);
      if (!isTlsServer(server)) state.plainText = port;
      if (isHttpServer(server)) tables.set(table, [server]);
      return undefined;
    }
    case 'beside-plain-text': {
      const current = state.plainText;
      if (!current) return undefined;
      if (current.bind !== server.bind) {
        const isNew = !ports.has(portKey(server, number));
        if (!isNew) appendTable();
        else if (isHttpServer(server)) tables.set(table, [server]);
        const port = addPort(ports, server, number, table, entry);
        if (isNew && !isTlsServer(server)) state.plainText = port;
        return undefined;
      }
      const mergeable = current.plainHttp && isHttp(server.port.protocol);
      if (!mergeable || table === '') return 'protocol-conflict';
      current.servers.push(entry);
      appendTable();
      return undefined;
    }
    case 'beside-tls': {
      if (!isTlsServer(server)) {
        state.plainText = addPort(ports, server, number, table, entry);
        if (isHttpServer(server)) tables.set(table, [server]);
        return undefined;
      }
      if (isHttpServer(server)) {
        if (tables.has(table)) return 'duplicate-port-name';
        tables.set(table, [server]);
      }
      addPort(ports, server, number, '', entry);
      return undefined;
    }
    default:
      return assertNever(placement);
  }
}

const portKey = (server: ServerInForce, number: number): string =>
  `${number}|${server.port.protocolText}|${server.bind}`;

function addPort(
  ports: Map<string, PortState>,
  server: ServerInForce,
  number: number,
  table: string,
  entry: MergedServer,
): PortState {
  const key = portKey(server, number);
  const existing = ports.get(key);
  if (existing) {
    existing.servers.push(entry);
    if (table !== '') existing.table = table;
    return existing;
  }
  const port: PortState = {
    number,
    bind: server.bind,
    protocolText: server.port.protocolText,
    plainHttp: isHttp(server.port.protocol),
    servers: [entry],
    table,
  };
  ports.set(key, port);
  return port;
}

/** One owned host drops the whole server; stored texts are compared, so `a/*` and `b/*` both pass. */
function claimHosts(server: ServerInForce, owners: Map<string, string>): boolean {
  if (server.hosts.some((host) => owners.get(host) === server.bind)) return false;
  for (const host of server.hosts) owners.set(host, server.bind);
  return true;
}

function sniHosts(server: ServerInForce): readonly string[] {
  if (!server.tls) return [];
  return [...new Set(server.hosts.map(withoutNamespace))].sort(compareText);
}

/** Plain HTTP servers of a port share a table; each HTTPS server has its own. */
export function tableName(server: ServerInForce, number: number): string {
  const bind = server.bind === '' ? '' : `.${server.bind}`;
  if (isHttp(server.port.protocol)) return `http.${number}${bind}`;
  if (server.port.protocol !== 'HTTPS' || isPassthrough(server)) return '';
  return `https.${server.port.number}.${server.port.name}.${server.gatewayName}.${server.gatewayNamespace}${bind}`;
}
