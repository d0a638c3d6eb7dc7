import { useCall } from '../desk/use-call.ts';

/** True when the last attempt to reach the axis failed: then nobody else can be asked either. */
export function useOffline(): boolean {
  return useCall('exchange.state', {}, ['exchange']).data?.online === false;
}
