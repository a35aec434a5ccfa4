/** Destinations, weights and header operations of routes. */
import type { FieldPath } from '../../base/origin.ts';
import type {
  Destination,
  HeaderOperations,
  Headers,
  HttpRouteDestination,
  RouteDestination,
} from '../kinds/virtualService.ts';
import { validateSubsetName } from './destinationRule.ts';
import { all, asList, each, eachEntry, error, type Findings, NOTHING } from './faults.ts';
import { validateHeaderOperation, validateHeaderValue, validateRequestHeaderOperation } from './headerNames.ts';
import { validatePort, validateWildcardDomain } from './names.ts';

export function validateDestination(at: FieldPath, destination: Destination | undefined): Findings {
  if (destination === undefined) return NOTHING;
  const { host = '', subset, port } = destination;
  return all(
    host === '*'
      ? error([...at, 'host'], `invalid destination host ${host}`)
      : validateWildcardDomain([...at, 'host'], host),
    subset ? validateSubsetName([...at, 'subset'], subset) : NOTHING,
    port === undefined ? NOTHING : validatePort([...at, 'port', 'number'], port.number ?? 0),
  );
}

export function validateHeaders(at: FieldPath, headers: Headers | undefined): Findings {
  const { request, response } = headers ?? {};
  return all(
    validateOperations([...at, 'request'], request, validateRequestHeaderOperation),
    validateOperations([...at, 'response'], response, validateHeaderOperation),
  );
}

function validateOperations(
  at: FieldPath,
  operations: HeaderOperations | undefined,
  validateName: (at: FieldPath, name: string) => Findings,
): Findings {
  const written = (field: 'add' | 'set') =>
    eachEntry(operations?.[field], (name, value) => {
      const path = [...at, field, name];
      return all(validateName(path, name), validateHeaderValue(path, value));
    });
  return all(
    written('add'),
    written('set'),
    each(operations?.remove, (name, index) => validateHeaderOperation([...at, 'remove', index], name)),
  );
}

export function validateRouteDestinations(
  at: FieldPath,
  routes: readonly (HttpRouteDestination | RouteDestination)[] | undefined,
): Findings {
  let findings = NOTHING;
  let total = 0;
  for (const [index, route] of (routes ?? []).entries()) {
    const path = [...at, index];
    const weight = route.weight ?? 0;
    total += weight;
    // multierror.Append turns whatever has been found so far into a list.
    if (route.destination === undefined) findings = asList(all(findings, error(path, 'destination is required')));
    findings = all(
      findings,
      'headers' in route ? validateHeaders([...path, 'headers'], route.headers) : NOTHING,
      validateDestination([...path, 'destination'], route.destination),
      weight < 0 ? error([...path, 'weight'], `weight ${weight} < 0`) : NOTHING,
    );
  }
  const none = (routes?.length ?? 0) > 1 && total === 0;
  return none ? all(findings, error(at, 'total destination weight = 0')) : findings;
}
