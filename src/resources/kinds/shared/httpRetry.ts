/** Retries: VirtualService routes and MeshConfig's default policy. */
import { boolean, duration, type Infer, ignored, int32, object, string } from '../../schema/schema.ts';

export const httpRetry = object({
  attempts: int32,
  perTryTimeout: duration,
  retryOn: string,
  retryRemoteLocalities: ignored('endpoint-choice', boolean),
  retryIgnorePreviousHosts: ignored('endpoint-choice', boolean),
  backoff: ignored('timing-only', duration),
});
export type HttpRetry = Infer<typeof httpRetry>;
