/** Annotations that say what no Kubernetes document says: what the world around the mesh does. */

/** On the Namespace kube-system: what the network plugin does with packets that no NetworkPolicy allows. */
export const NETWORK_POLICIES = 'meshverdict.dev/network-policies';
