/** Calls find the gateways at another moment of their lives: started anew, just started, or running on. */
import type { GatewayMomentName } from '../../worker/protocol.ts';
import type { Studio } from '../studio.ts';
import { repeatCall } from './sendCall.ts';

export async function meetGateways(studio: Studio, gateways: GatewayMomentName | undefined): Promise<void> {
  studio.store.setState(({ connections: { gateways: _before, ...connections } }) => ({
    connections: { ...connections, ...(gateways === undefined ? {} : { gateways }) },
  }));
  await repeatCall(studio);
}
