/** ValidateWorkloadGroup. */
import type { FieldPath } from '../../base/origin.ts';
import type { WorkloadGroupBody } from '../kinds/workloadGroup.ts';
import { all, each, error, type Findings, hasErrors, NOTHING, wrapped } from './faults.ts';
import { validateProbeHeaderName } from './headerNames.ts';
import { validateLabels, validatePort } from './names.ts';

type WorkloadGroupSpec = NonNullable<WorkloadGroupBody['spec']>;
type ReadinessProbe = NonNullable<WorkloadGroupSpec['probe']>;

export function validateWorkloadGroup(spec: WorkloadGroupSpec): Findings {
  if (spec.template === undefined) return error(['spec'], 'template is required');
  const at = ['spec', 'metadata', 'labels'];
  const labels = wrapped(at, validateLabels(at, spec.metadata?.labels), (text) => `invalid labels: ${text}`);
  if (hasErrors(labels)) return labels;
  return spec.probe === undefined ? NOTHING : validateProbe(['spec', 'probe'], spec.probe);
}

const NON_NEGATIVE = [
  'periodSeconds',
  'initialDelaySeconds',
  'timeoutSeconds',
  'successThreshold',
  'failureThreshold',
] as const;

function validateProbe(at: FieldPath, probe: ReadinessProbe): Findings {
  return all(
    ...NON_NEGATIVE.map((field) =>
      (probe[field] ?? 0) < 0 ? error([...at, field], `${field} must be non-negative`) : NOTHING,
    ),
    validateMethod(at, probe),
  );
}

function validateMethod(at: FieldPath, probe: ReadinessProbe): Findings {
  const { httpGet, tcpSocket, exec, grpc } = probe;
  if (httpGet !== undefined) {
    const path = [...at, 'httpGet'];
    const { scheme } = httpGet;
    return all(
      validatePort([...path, 'port'], httpGet.port ?? 0),
      scheme && scheme !== 'HTTPS' && scheme !== 'HTTP'
        ? error([...path, 'scheme'], 'httpGet.scheme must be one of "HTTPS", "HTTP"')
        : NOTHING,
      each(httpGet.httpHeaders, (header, index) =>
        validateProbeHeaderName([...path, 'httpHeaders', index, 'name'], header.name ?? ''),
      ),
    );
  }
  if (tcpSocket !== undefined) return validatePort([...at, 'tcpSocket', 'port'], tcpSocket.port ?? 0);
  if (exec !== undefined) {
    return (exec.command?.length ?? 0) > 0 ? NOTHING : error([...at, 'exec'], 'exec.command is required');
  }
  const method = grpc === undefined ? '<nil>' : '*v1alpha3.ReadinessProbe_Grpc';
  return error(at, `unknown health check method ${method}`);
}
