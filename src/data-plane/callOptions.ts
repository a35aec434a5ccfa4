/** How one call is sent, beyond what it says itself. */
import type { GatewayMoment } from '../control-plane/secrets/running.ts';
import type { SimulationEnv } from './run.ts';
import { keeperOf, type StandingConnection } from './standing/keeper.ts';

export interface CallOptions {
  /** Draws the lots; default: the mesh's. */
  readonly seed?: string;
  /** Opened before, to be used again; default: each connection is a new one. */
  readonly standing?: readonly StandingConnection[];
  /** Default: gateways started with the text as it stands, and have waited for their secrets. */
  readonly gateways?: GatewayMoment;
}

export const withConnections = (env: SimulationEnv, { standing }: CallOptions): SimulationEnv =>
  standing === undefined ? env : { ...env, keeper: keeperOf(env, standing) };
