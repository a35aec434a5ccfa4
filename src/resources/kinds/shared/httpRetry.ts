/** Retries: VirtualService routes and MeshConfig's default policy. */
import { boolean, duration, type Infer, int32, object, string } from '../../schema/schema.ts';

export const httpRetry = object({
  attempts: int32,
  perTryTimeout: duration,
  retryOn: string,
  retryRemoteLocalities: boolean,
  retryIgnorePreviousHosts: boolean,
  backoff: duration,
});
export type HttpRetry = Infer<typeof httpRetry>;
