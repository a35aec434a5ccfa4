/** ValidateWorkloadEntry, and endpoints of a STATIC ServiceEntry. */
import type { FieldPath } from '../../base/origin.ts';
import { goQuote } from '../go/quote.ts';
import type { WorkloadEntrySpec } from '../kinds/workloadEntry.ts';
import { all, eachEntry, error, type Findings, hasErrors, NOTHING, warning } from './faults.ts';
import {
  isIpAddress,
  validateFqdn,
  validateLabels,
  validatePort,
  validatePortName,
  validateUnixAddress,
} from './names.ts';

const UNIX = 'unix://';

export interface WorkloadEntryContext {
  /** Names of the ServiceEntry's ports, when it is one of its endpoints. */
  readonly servicePorts?: ReadonlySet<string>;
  readonly allowsNames: boolean;
}

export function validateWorkloadEntry(
  at: FieldPath,
  entry: WorkloadEntrySpec,
  { servicePorts, allowsNames }: WorkloadEntryContext,
): Findings {
  const address = entry.address ?? '';
  const path = [...at, 'address'];
  if (address === '' && !entry.network) return error(at, 'address is required');
  const unix = address.startsWith(UNIX);
  const ports = Object.keys(entry.ports ?? {}).length;
  return all(
    address === '' ? warning(at, `address is unset with network ${goQuote(entry.network ?? '')}`) : NOTHING,
    unix ? validateUnixAddress(path, address.slice(UNIX.length)) : NOTHING,
    unix && ports > 0 ? error([...at, 'ports'], `unix endpoint ${address} must not include ports`) : NOTHING,
    unix || address === '' ? NOTHING : validateAddress(path, address, allowsNames),
    validateEndpointPorts([...at, 'ports'], entry.ports, servicePorts),
    validateLabels([...at, 'labels'], entry.labels),
    unix && servicePorts !== undefined && servicePorts.size !== 1
      ? error(path, 'exactly 1 service port required for unix endpoints')
      : NOTHING,
  );
}

export function validateAddress(at: FieldPath, address: string, allowsNames: boolean): Findings {
  if (isIpAddress(address)) return NOTHING;
  const quoted = goQuote(address);
  if (!allowsNames) return error(at, `endpoint address ${quoted} is not a valid IP address`);
  return hasErrors(validateFqdn(at, address))
    ? error(at, `endpoint address ${quoted} is not a valid FQDN or an IP address`)
    : NOTHING;
}

export function validateEndpointPorts(
  at: FieldPath,
  ports: WorkloadEntrySpec['ports'],
  servicePorts: ReadonlySet<string> | undefined,
): Findings {
  return eachEntry(ports, (name, port) => {
    const path = [...at, name];
    const undefinedPort = servicePorts !== undefined && !servicePorts.has(name);
    return all(
      undefinedPort ? error(path, `endpoint port ${port} is not defined by the service entry`) : NOTHING,
      validatePortName(path, name),
      validatePort(path, port),
    );
  });
}
