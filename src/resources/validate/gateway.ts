/** ValidateGateway (networking.istio.io). */
import type { FieldPath } from '../../base/origin.ts';
import { goQuote } from '../go/quote.ts';
import type { GatewayPort, GatewayServer, GatewaySpec } from '../kinds/gateway.ts';
import { all, each, error, type Findings, hasErrors, NOTHING, warning } from './faults.ts';
import { validateNamespaceSlashHost } from './hosts.ts';
import { isDnsLabel, validateIpAddress, validatePort, validateUnixAddress } from './names.ts';
import { isHttp, isTls, parseProtocol } from './protocol.ts';
import { validateServerTls } from './serverTls.ts';

const UNIX = 'unix://';
const SERVERS: FieldPath = ['spec', 'servers'];

export function validateGateway(spec: GatewaySpec, { name }: { readonly name: string }): Findings {
  const names = new Set<string>();
  return all(
    isDnsLabel(name) ? NOTHING : error(['metadata', 'name'], `invalid gateway name: ${goQuote(name)}`),
    (spec.servers?.length ?? 0) === 0 ? error(['spec'], 'gateway must have at least one server') : NOTHING,
    each(spec.servers, (server, index) => validateServer([...SERVERS, index], server)),
    each(spec.servers, ({ port, tls }, index) => {
      if (port === undefined) return NOTHING;
      const portName = port.name ?? '';
      const duplicate = names.has(portName);
      names.add(portName);
      const redirects = tls?.httpsRedirect === true && !isHttp(parseProtocol(port.protocol));
      return all(
        duplicate
          ? error(
              [...SERVERS, index, 'port', 'name'],
              `port names in servers must be unique: duplicate name ${portName}`,
            )
          : NOTHING,
        redirects
          ? warning(
              [...SERVERS, index, 'tls', 'httpsRedirect'],
              'tls.httpsRedirect should only be used with http servers',
            )
          : NOTHING,
      );
    }),
  );
}

function validateServer(at: FieldPath, server: GatewayServer): Findings {
  const port = validateServerPort([...at, 'port'], server.port, server.bind ?? '');
  return all(
    (server.hosts?.length ?? 0) === 0 ? error(at, 'server config must contain at least one host') : NOTHING,
    each(server.hosts, (host, index) => validateNamespaceSlashHost([...at, 'hosts', index], host, true)),
    port,
    validateBind([...at, 'bind'], server.port, server.bind ?? ''),
    validateServerTls([...at, 'tls'], server.tls),
    hasErrors(port) ? NOTHING : validateTlsOfProtocol(at, server),
  );
}

function validateServerPort(at: FieldPath, port: GatewayPort | undefined, bind: string): Findings {
  if (port === undefined) return error(at, 'port is required');
  const number = port.number ?? 0;
  return all(
    parseProtocol(port.protocol) === 'unsupported'
      ? error(
          [...at, 'protocol'],
          `invalid protocol ${goQuote(port.protocol ?? '')}, supported protocols are HTTP, HTTP2, GRPC, GRPC-WEB, MONGO, REDIS, MYSQL, TCP`,
        )
      : NOTHING,
    number > 0 || !bind.startsWith(UNIX) ? validatePort([...at, 'number'], number) : NOTHING,
    (port.targetPort ?? 0) > 0 ? error([...at, 'targetPort'], 'targetPort has no impact on Gateways') : NOTHING,
    port.name ? NOTHING : error(at, `port name must be set: ${portText(port)}`),
  );
}

/** The port as Go prints the protobuf message. */
const portText = (port: GatewayPort) =>
  [
    port.number ? `number:${port.number}` : '',
    port.protocol ? `protocol:${goQuote(port.protocol)}` : '',
    port.name ? `name:${goQuote(port.name)}` : '',
    port.targetPort ? `target_port:${port.targetPort}` : '',
  ]
    .filter((field) => field !== '')
    .join('  ');

function validateBind(at: FieldPath, port: GatewayPort | undefined, bind: string): Findings {
  if (bind.startsWith(UNIX)) {
    return all(
      validateUnixAddress(at, bind.slice(UNIX.length)),
      port?.number ? error(at, `port number must be 0 for unix domain socket: ${portText(port)}`) : NOTHING,
    );
  }
  return bind === '' ? NOTHING : validateIpAddress(at, bind);
}

function validateTlsOfProtocol(at: FieldPath, { port, tls }: GatewayServer): Findings {
  const protocol = parseProtocol(port?.protocol);
  if (isTls(protocol)) {
    return tls === undefined ? error(at, 'server must have TLS settings for HTTPS/TLS protocols') : NOTHING;
  }
  if (tls === undefined) return NOTHING;
  const path = [...at, 'tls'];
  if (!isHttp(protocol)) return error(path, 'server cannot have TLS settings for non HTTPS/TLS ports');
  // On an HTTP port only the redirect makes sense, and the mode is then the enum's zero.
  const passthrough = tls.mode === undefined || tls.mode === 'PASSTHROUGH' || tls.mode === 'AUTO_PASSTHROUGH';
  const files = !!tls.caCertificates || !!tls.privateKey || !!tls.serverCertificate;
  return passthrough && !files ? NOTHING : error(path, 'server cannot have TLS settings for plain text HTTP ports');
}
