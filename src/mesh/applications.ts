/**
 * What the application in a pod listens on. The simulator has no images, so an application is an
 * echo on every port that the manifests give it: target ports of Services that select the pod
 * (the Service port's protocol says what is spoken), then containerPorts (HTTP). The annotation
 * meshverdict.dev/serves overrides port by port: `8443=https:NAME:CLIENTCA,9000=tcp`, where `nginx` for
 * `https` is the same in nginx's words, and `!hangs`, `!closes`, `!resets`, `!truncates` after any of
 * them says what the application does instead of answering.
 */
import type { Labels } from './labels.ts';
import { APPLICATION_FAILURES, type Application } from './types.ts';

const SERVES = 'meshverdict.dev/serves';

/** A Service port that selects the pod, with its target port resolved for it. */
export interface TargetedPort {
  readonly port: number;
  readonly name: string;
  readonly appProtocol?: string | undefined;
}

export function applicationsOf(
  targets: readonly TargetedPort[],
  containerPorts: readonly number[],
  annotations: Labels,
): readonly Application[] {
  const byPort = new Map<number, Application>();
  for (const target of targets) {
    if (!byPort.has(target.port)) byPort.set(target.port, { port: target.port, protocol: spokenOn(target) });
  }
  for (const port of containerPorts) if (!byPort.has(port)) byPort.set(port, { port, protocol: 'http' });
  for (const served of servesAnnotation(annotations)) byPort.set(served.port, served);
  return [...byPort.values()].sort((a, b) => a.port - b.port);
}

/** By the part of the name before the first `-`, or appProtocol. */
function spokenOn(target: TargetedPort): Application['protocol'] {
  switch (target.appProtocol ?? target.name.split('-')[0]) {
    case 'tcp':
    case 'mongo':
    case 'mysql':
    case 'redis':
      return 'tcp';
    case 'https':
    case 'tls':
      return 'https';
    default:
      return 'http';
  }
}

function servesAnnotation(annotations: Labels): readonly Application[] {
  const entries = (annotations[SERVES] ?? '').split(/[\s,]+/).filter((entry) => entry !== '');
  return entries.flatMap((entry): Application[] => {
    const [portText = '', spec = ''] = split(entry, '=');
    const port = Number(portText);
    if (!Number.isInteger(port) || port <= 0 || port > 65535) return [];
    const [served, how] = split(spec, '!');
    const fails = APPLICATION_FAILURES.find((failure) => failure === how);
    const common = { port, ...(fails === undefined ? {} : { fails }) };
    const [protocol = '', certificate = '', clientCa = ''] = served.split(':');
    if (protocol === 'tcp') return [{ ...common, protocol: 'tcp' }];
    if (!TLS_SERVERS.includes(protocol)) return [{ ...common, protocol: 'http' }];
    return [
      {
        ...common,
        protocol: 'https',
        ...(protocol === 'nginx' ? { server: 'nginx' } : {}),
        ...(certificate === '' ? {} : { certificate }),
        ...(clientCa === '' ? {} : { clientCa }),
      },
    ];
  });
}

const TLS_SERVERS: readonly string[] = ['https', 'mtls', 'nginx'];

function split(text: string, separator: string): readonly [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
