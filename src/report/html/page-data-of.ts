import type { Result } from '../result/result.js';
import { layOutNetwork } from './layout.js';
import type { PageData, ShownExecution } from './page-data.js';

/** What a page's script needs; undefined if there is no network to draw. */
export async function pageDataOf(
  { network, nes, relations }: Pick<Result, 'network' | 'nes' | 'relations'>,
  executions: readonly ShownExecution[],
): Promise<PageData | undefined> {
  if (!network) return undefined;
  return {
    network,
    ...(await layOutNetwork(network)),
    events: nes?.events ?? [],
    eventSets: nes?.eventSets ?? [],
    states: relations?.states ?? [],
    executions,
  };
}
