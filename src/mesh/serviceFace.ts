/**
 * A service without what its pods add: as long as only endpoints change, its face is one object.
 * Listeners and routes look at faces, clusters at endpoints; whoever remembers listeners and routes
 * by faces keeps them when a pod changes.
 */
import type { ServiceWithoutEndpoints } from './kubernetesServices.ts';
import type { MeshService } from './types.ts';

const faces = new WeakMap<MeshService, ServiceWithoutEndpoints>();

export function rememberFace(service: MeshService, face: ServiceWithoutEndpoints): MeshService {
  faces.set(service, face);
  return service;
}

/** Of a service whose pods themselves get listeners (it has no address), and of any other kind: the service. */
export const faceOf = (service: MeshService): object =>
  service.resolution === 'NONE' ? service : (faces.get(service) ?? service);
