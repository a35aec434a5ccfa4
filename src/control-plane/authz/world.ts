/**
 * What the world outside the mesh answers, as the workspace says it: there is no network here.
 *
 *   ConfigMap, annotation meshverdict.dev/answers-url: <URL>   its one data entry is the body that
 *     istiod gets when it fetches that URL (a key set, an OpenID configuration)
 *   Pod, annotation meshverdict.dev/ext-authz: allow | deny | deny=<status> | error
 *     the pod plays an external authorizer and gives that answer to every check
 *
 * A URL that nobody answers is unreachable.
 */
import type { WorkloadId } from '../../base/ids.ts';
import type { Origin } from '../../base/origin.ts';
import { resourcesOf } from '../../mesh/resourceIndex.ts';
import type { Mesh } from '../../mesh/types.ts';
import type { ExtAuthzAnswer } from '../envoy/authz.ts';

const ANSWERS_URL = 'meshverdict.dev/answers-url';
const EXT_AUTHZ = 'meshverdict.dev/ext-authz';

export interface UrlAnswer {
  readonly body: string;
  readonly origin: Origin;
}

/** Answers by URL; several URLs of one ConfigMap stand apart by white space. */
export function urlAnswers(mesh: Mesh): ReadonlyMap<string, UrlAnswer> {
  const answers = new Map<string, UrlAnswer>();
  for (const configMap of resourcesOf(mesh, 'core/ConfigMap')) {
    const urls = configMap.annotations[ANSWERS_URL];
    const [entry] = Object.entries(configMap.body.data ?? {});
    if (urls === undefined || entry === undefined) continue;
    const answer = { body: entry[1], origin: { resource: configMap.id, path: ['data', entry[0]] } };
    for (const url of urls.split(/\s+/)) if (url !== '') answers.set(url, answer);
  }
  return answers;
}

export function extAuthzAnswers(mesh: Mesh): ReadonlyMap<WorkloadId, ExtAuthzAnswer> {
  const answers = new Map<WorkloadId, ExtAuthzAnswer>();
  for (const workload of mesh.workloads.values()) {
    const answer = parseAnswer(workload.annotations[EXT_AUTHZ]);
    if (answer !== undefined) answers.set(workload.id, answer);
  }
  return answers;
}

function parseAnswer(text: string | undefined): ExtAuthzAnswer | undefined {
  if (text === 'allow') return { kind: 'allow' };
  if (text === 'error') return { kind: 'error' };
  const status = /^deny(?:=([2-4][0-9]{2}))?$/.exec(text ?? '');
  return status === null ? undefined : { kind: 'deny', status: Number(status[1] ?? '403') };
}
