/**
 * Service ports that do not declare a protocol, so that proxies look at the first bytes and guess: a
 * slower start, and rules for HTTP that only count once it was recognised. As istioctl analyze reports
 * them (IST0118 PortNameIsNotUnderNamingConvention), system namespaces left out as there.
 */
import type { Diagnostic } from '../base/diagnostics/diagnostic.ts';
import type { Mesh } from '../mesh/types.ts';

export function portProtocols({ services, config }: Mesh): readonly Diagnostic[] {
  return services.flatMap(({ registry, namespace, name, ports }) => {
    if (registry !== 'kubernetes' || namespace === config.rootNamespace || namespace.startsWith('kube-')) return [];
    return ports.flatMap(({ protocol, transport, number, name: portName, appProtocol, origin }): Diagnostic[] => {
      if (protocol !== 'Unsupported' || transport !== 'TCP') return [];
      const field = appProtocol !== undefined ? ['appProtocol'] : portName === '' ? ['port'] : ['name'];
      return [
        {
          code: 'port-protocol-unknown',
          severity: 'info',
          params: { service: name, port: number },
          origin: { resource: origin.resource, path: [...origin.path, ...field] },
        },
      ];
    });
  });
}
