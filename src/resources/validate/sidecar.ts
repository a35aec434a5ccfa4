/** ValidateSidecar. */
import type { FieldPath } from '../../base/origin.ts';
import { goQuote } from '../go/quote.ts';
import { atoi, splitHostPort } from '../go/strconv.ts';
import type { IstioEgressListener, IstioIngressListener, SidecarSpec } from '../kinds/sidecar.ts';
import { all, each, error, type Findings, hasErrors, NOTHING, warning } from './faults.ts';
import { validateNamespaceSlashHost } from './hosts.ts';
import { validateFqdn, validateIpAddress, validatePort, validatePortName, validateUnixAddress } from './names.ts';
import { isHttp, isTls, parseProtocol, validateProtocol } from './protocol.ts';
import { validateDestination } from './routeDestinations.ts';
import { validateLabelsSelector } from './selectors.ts';
import { validateServerTls } from './serverTls.ts';
import { validateConnectionPool } from './trafficPolicy.ts';

const UNIX = 'unix://';

export function validateSidecar(spec: SidecarSpec, { namespace }: { readonly namespace: string }): Findings {
  const selector = validateLabelsSelector(
    ['spec', 'workloadSelector'],
    spec.workloadSelector,
    (text) => `sidecar: ${text}, will be applied to all services in namespace`,
  );
  // A bad selector, or an empty object, is all that istiod says.
  if (hasErrors(selector)) return { ...NOTHING, errors: selector.errors };
  const { ingress, egress, outboundTrafficPolicy, inboundConnectionPool } = spec;
  if (
    !filled(ingress) &&
    !filled(egress) &&
    outboundTrafficPolicy === undefined &&
    inboundConnectionPool === undefined
  ) {
    return error(['spec'], 'sidecar: empty configuration provided');
  }
  return all(
    selector,
    validateIngress(ingress ?? []),
    validateConnectionPool(['spec', 'inboundConnectionPool'], inboundConnectionPool),
    validateEgress(egress ?? [], namespace),
    validateOutboundTrafficPolicy(outboundTrafficPolicy),
  );
}

const filled = (list: readonly unknown[] | undefined) => (list?.length ?? 0) > 0;

function validateIngress(listeners: readonly IstioIngressListener[]): Findings {
  const numbers = new Set<number>();
  return each(listeners, (listener, index) => {
    const at = ['spec', 'ingress', index];
    const { port } = listener;
    if (port === undefined) return error(at, 'sidecar: port is required for ingress listeners');
    const number = port.number ?? 0;
    const taken = numbers.has(number);
    numbers.add(number);
    return all(
      validateNoTargetPort(at, port.targetPort),
      validatePortAndBind(at, listener),
      taken ? error([...at, 'port', 'number'], 'sidecar: ports on IP bound listeners must be unique') : NOTHING,
      validateDefaultEndpoint([...at, 'defaultEndpoint'], listener.defaultEndpoint ?? ''),
      validateIngressTls([...at, 'tls'], listener),
      validateConnectionPool([...at, 'connectionPool'], listener.connectionPool),
      validateHttpPoolFits(at, listener),
    );
  });
}

const validateNoTargetPort = (at: FieldPath, targetPort: number | undefined): Findings =>
  (targetPort ?? 0) > 0 ? error([...at, 'port', 'targetPort'], 'targetPort has no impact on Sidecars') : NOTHING;

type Listener = Pick<IstioIngressListener, 'port' | 'bind'>;

function validatePortAndBind(at: FieldPath, { port, bind }: Listener): Findings {
  return all(
    port?.name ? validatePortName([...at, 'port', 'name'], port.name) : NOTHING,
    validateProtocol([...at, 'port', 'protocol'], port?.protocol),
    validatePort([...at, 'port', 'number'], port?.number ?? 0),
    bind ? validateIpAddress([...at, 'bind'], bind) : NOTHING,
  );
}

const LOCAL_HOSTS = ['', '127.0.0.1', '0.0.0.0', '::1', '::'];

function validateDefaultEndpoint(at: FieldPath, endpoint: string): Findings {
  if (endpoint === '') return NOTHING;
  if (endpoint.startsWith(UNIX)) return validateUnixAddress(at, endpoint.slice(UNIX.length));
  const { host, port, error: splitError } = splitHostPort(endpoint);
  const number = atoi(port);
  return all(
    splitError === undefined ? NOTHING : error(at, splitError),
    LOCAL_HOSTS.includes(host)
      ? NOTHING
      : error(
          at,
          'sidecar: defaultEndpoint must be of form 127.0.0.1:<port>,0.0.0.0:<port>,[::1]:port,[::]:port,unix://filepath or unset',
        ),
    number.ok
      ? validatePort(at, number.value)
      : error(at, `sidecar: defaultEndpoint port (${port}) is not a number: ${number.error}`),
  );
}

function validateIngressTls(at: FieldPath, { port, tls }: IstioIngressListener): Findings {
  if (tls === undefined) return NOTHING;
  const unsupported = (set: boolean, field: string, message: string) =>
    set ? error([...at, field], `sidecar: ${message}`) : NOTHING;
  return all(
    unsupported(filled(tls.subjectAltNames), 'subjectAltNames', 'subjectAltNames is not supported in ingress tls'),
    unsupported(tls.httpsRedirect === true, 'httpsRedirect', 'httpsRedirect is not supported'),
    unsupported(!!tls.credentialName, 'credentialName', 'credentialName is not currently supported'),
    unsupported(filled(tls.credentialNames), 'credentialNames', 'credentialNames is not currently supported'),
    unsupported(filled(tls.tlsCertificates), 'tlsCertificates', 'tls_certificates is not currently supported'),
    tls.mode === 'ISTIO_MUTUAL' || tls.mode === 'AUTO_PASSTHROUGH'
      ? error([...at, 'mode'], `configuration is invalid: cannot set mode to ${tls.mode} in sidecar ingress tls`)
      : NOTHING,
    isTls(parseProtocol(port?.protocol))
      ? NOTHING
      : error(at, 'server cannot have TLS settings for non HTTPS/TLS ports'),
    validateServerTls(at, tls),
  );
}

function validateHttpPoolFits(at: FieldPath, { port, connectionPool }: IstioIngressListener): Findings {
  if (connectionPool?.http === undefined || isHttp(parseProtocol(port?.protocol))) return NOTHING;
  const { number = 0, name = '', protocol = '' } = port ?? {};
  return warning(
    [...at, 'connectionPool', 'http'],
    `sidecar: HTTP connection pool settings are configured for port ${number} (${goQuote(name)}) but its protocol is not HTTP (${protocol}); only TCP settings will apply`,
  );
}

function validateEgress(listeners: readonly IstioEgressListener[], namespace: string): Findings {
  const numbers = new Set<number>();
  const sockets = new Set<string>();
  let catchAll = false;
  return each(listeners, (listener, index) => {
    const at = ['spec', 'egress', index];
    let portFindings = NOTHING;
    if (listener.port === undefined) {
      if (catchAll) return error(at, 'sidecar: egress can have only one listener with empty port');
      if (index === listeners.length - 1) catchAll = true;
      else {
        portFindings = error(
          at,
          'sidecar: the egress listener with empty port should be the last listener in the list',
        );
      }
    } else {
      portFindings = validateEgressPort(at, listener, numbers, sockets);
    }
    return all(portFindings, validateEgressHosts([...at, 'hosts'], listener.hosts ?? [], namespace));
  });
}

function validateEgressPort(
  at: FieldPath,
  listener: IstioEgressListener,
  numbers: Set<number>,
  sockets: Set<string>,
): Findings {
  const { port, bind = '', captureMode = 'DEFAULT' } = listener;
  const number = port?.number ?? 0;
  const taken = number === 0 ? sockets.has(bind) : numbers.has(number);
  if (number === 0) sockets.add(bind);
  else numbers.add(number);
  const what = number === 0 ? 'unix domain socket values for listeners' : 'ports on IP bound listeners';
  return all(
    validateNoTargetPort(at, port?.targetPort),
    number === 0 ? validateUnixListener(at, listener, captureMode) : validatePortAndBind(at, listener),
    taken ? error([...at, 'port'], `sidecar: ${what} must be unique`) : NOTHING,
  );
}

function validateUnixListener(at: FieldPath, { port, bind = '' }: Listener, captureMode: string): Findings {
  return all(
    port?.name ? validatePortName([...at, 'port', 'name'], port.name) : NOTHING,
    validateProtocol([...at, 'port', 'protocol'], port?.protocol),
    bind.startsWith(UNIX)
      ? validateUnixAddress([...at, 'bind'], bind.slice(UNIX.length))
      : error([...at, 'bind'], 'sidecar: ports with 0 value must have a unix domain socket bind address'),
    captureMode === 'DEFAULT' || captureMode === 'NONE'
      ? NOTHING
      : error([...at, 'captureMode'], 'sidecar: captureMode must be DEFAULT/NONE for unix domain socket listeners'),
  );
}

function validateEgressHosts(at: FieldPath, hosts: readonly string[], namespace: string): Findings {
  if (hosts.length === 0) return error(at, 'sidecar: egress listener must contain at least one host');
  const seen = new Map<string, Set<string>>();
  return all(
    ...hosts.map((host, index) => {
      const path = [...at, index];
      return all(
        isDuplicateHost(seen, host, namespace) ? warning(path, `duplicated egress host: ${host}`) : NOTHING,
        validateNamespaceSlashHost(path, host, false),
      );
    }),
    seen.get('*')?.has('*') && seen.size !== 1
      ? warning(at, '`*/*` host select all resources, no other hosts can be added')
      : NOTHING,
  );
}

/** Records the host; true if it, or all of its namespace, was there before. */
function isDuplicateHost(seen: Map<string, Set<string>>, host: string, ownNamespace: string): boolean {
  const slash = host.indexOf('/');
  if (slash < 0 || host.startsWith('~')) return false;
  const written = host.slice(0, slash);
  const namespace = written === '.' ? ownNamespace : written;
  const name = host.slice(slash + 1);
  const names = seen.get(namespace) ?? new Set<string>();
  seen.set(namespace, names);
  const duplicate = name === '*' ? names.size > 0 : names.has(name) || names.has('*');
  names.add(name);
  return duplicate;
}

function validateOutboundTrafficPolicy(policy: SidecarSpec['outboundTrafficPolicy']): Findings {
  const proxy = policy?.egressProxy;
  if (proxy === undefined) return NOTHING;
  const at = ['spec', 'outboundTrafficPolicy', 'egressProxy'];
  if (policy?.mode !== 'ALLOW_ANY') {
    return error(at, 'sidecar: egress_proxy must be set only with ALLOW_ANY outbound_traffic_policy mode');
  }
  return all(
    validateFqdn([...at, 'host'], proxy.host ?? ''),
    proxy.port === undefined ? error(at, 'sidecar: egress_proxy port must be non-nil') : validateDestination(at, proxy),
  );
}
