import { count } from '../count.js';
import type { Result } from '../result/result.js';
import { h, type Markup } from './markup.js';
import { networkPicture, plan } from './network-view.js';
import type { PageData } from './page-data.js';
import { remarks } from './rejection-view.js';
import { source } from './source.js';
import { dependencies, eventTable, figure, lattice, transitionSystemView } from './structures.js';

/** The text of a program, and the structures that come of it (paper §3). */
export async function programView(result: Result, data: PageData | undefined): Promise<Markup> {
  const { program, ets, nes, relations, rules, warnings } = result;
  return h(
    'div',
    {},
    warnings.length > 0 &&
      h(
        'ul',
        { class: 'warnings' },
        warnings.map((warning) => h('li', {}, h('b', {}, 'warning'), ` ${warning}`)),
      ),
    program.text === undefined
      ? h('p', {}, 'The text is too long to be shown.')
      : source(program.text, result, remarks(result)),
    h(
      'div',
      { class: 'panels' },
      data && networkPanel(data),
      ets && (await transitionSystemView('ets', ets, nes?.blocks)),
      nes && (await lattice(nes)),
      nes && (await dependencies(nes, relations)),
    ),
    nes && nes.events.length > 0 && eventTable(nes, relations),
    rules &&
      h(
        'p',
        {},
        `Rules: ${rules.guarded} to forward, ${rules.shared} with shared tags; ${rules.total.toLocaleString('en')} table entries in all.`,
      ),
  );
}

/** Pixels across. */
const network_px = 420;

/** The topology, with the numbers of ports. */
function networkPanel(data: PageData): Markup {
  const { switches, hosts } = data.network;
  const title = `Topology: ${count(switches.length, 'switch', 'switches')}, ${count(hosts.length, 'host')}`;
  return figure(title, networkPicture(plan(data, network_px), title));
}
