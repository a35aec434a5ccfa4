/**
 * Names of the shapes that several fields share, so that what is known of a field (its
 * documentation, what it refers to) is said once: `ClientTLSSettings.mode`, not once for each place
 * in which a DestinationRule may have it. Names are the API's own.
 */
import { issuerRef } from '../../resources/kinds/certManager.ts';
import { secretObjectReference } from '../../resources/kinds/gatewayApi.ts';
import { parentReference } from '../../resources/kinds/gatewayApiRoutes.ts';
import { meshConfig } from '../../resources/kinds/meshConfig.ts';
import { proxyConfigDefaults } from '../../resources/kinds/meshConfigProxy.ts';
import { httpRetry } from '../../resources/kinds/shared/httpRetry.ts';
import { objectMeta } from '../../resources/kinds/shared/objectMeta.ts';
import { podSpec, templateMetadata } from '../../resources/kinds/shared/podSpec.ts';
import {
  labelSelector,
  labelsSelector,
  policyTargetReference,
  portSelector,
  workloadSelector,
} from '../../resources/kinds/shared/selector.ts';
import { serverTlsSettings } from '../../resources/kinds/shared/serverTls.ts';
import {
  clientTlsSettings,
  connectionPoolSettings,
  loadBalancerSettings,
  localityLbSetting,
  outlierDetection,
  trafficPolicy,
} from '../../resources/kinds/shared/trafficPolicy.ts';
import { destination, stringMatch } from '../../resources/kinds/virtualService.ts';
import { workloadEntrySpec } from '../../resources/kinds/workloadEntry.ts';
import type { Schema } from '../../resources/schema/schema.ts';

const SHARED: readonly (readonly [Schema<unknown>, string])[] = [
  [objectMeta, 'ObjectMeta'],
  [templateMetadata, 'PodTemplate.metadata'],
  [podSpec, 'PodSpec'],
  [workloadSelector, 'WorkloadSelector'],
  [labelsSelector, 'LabelsSelector'],
  [labelSelector, 'LabelSelector'],
  [policyTargetReference, 'PolicyTargetReference'],
  [portSelector, 'PortSelector'],
  [serverTlsSettings, 'ServerTLSSettings'],
  [clientTlsSettings, 'ClientTLSSettings'],
  [trafficPolicy, 'TrafficPolicy'],
  [connectionPoolSettings, 'ConnectionPoolSettings'],
  [loadBalancerSettings, 'LoadBalancerSettings'],
  [localityLbSetting, 'LocalityLoadBalancerSetting'],
  [outlierDetection, 'OutlierDetection'],
  [destination, 'Destination'],
  [stringMatch, 'StringMatch'],
  [httpRetry, 'HTTPRetry'],
  [workloadEntrySpec, 'WorkloadEntry.spec'],
  [parentReference, 'ParentReference'],
  [secretObjectReference, 'SecretObjectReference'],
  [issuerRef, 'IssuerRef'],
  [meshConfig, 'MeshConfig'],
  [proxyConfigDefaults, 'MeshConfig.defaultConfig'],
];

/** By the fields of the object, which a mark on it leaves alone. */
const names = new Map(SHARED.flatMap(([schema, name]) => (schema.type === 'object' ? [[schema.fields, name]] : [])));

export const sharedName = (schema: Schema<unknown>): string | undefined =>
  schema.type === 'object' ? names.get(schema.fields) : undefined;
