import { showEvents } from '../base/event-set-notation.js';
import type { Tables } from '../tables/tables.js';
import { countSets, eventSetsOf } from '../tables/tags.js';
import { type Cable, cablesOf } from './cables.js';
import type { Generated } from './generated-file.js';

/**
 * A Mininet script of the program's topology: an Open vSwitch for each switch, with the OpenFlow entries of one
 * event-set; the hosts, with their addresses, at the ports of the program; and a cable for each link with its link
 * back. Hosts know each other's addresses, since programs do not forward ARP unless they say so.
 */
export function mininet(tables: Tables): Generated {
  const { cables, why } = cablesOf(tables.links);
  if (why.length > 0) return { kind: 'impossible', why };
  if (countSets(tables.blocks) > maxNamed)
    return { kind: 'impossible', why: [`its script names each event-set, of which there are more than ${maxNamed}`] };
  return { kind: 'files', files: [{ path: 'mininet.py', text: script(tables, cables) }] };
}

/** As many as OpenFlow has folders for. */
const maxNamed = 1_000;

/** A text as a string of Python. What `JSON.stringify` writes is a string of Python with the same meaning. */
const python = (text: string): string => JSON.stringify(text);

function script({ program, switches, hosts, blocks, widths }: Tables, cables: readonly Cable[]): string {
  const end = (at: string): string => {
    const [id, port] = at.split(':');
    return `("s${id}", ${port})`;
  };
  const rows = (items: readonly string[]): string => items.map((item) => `    ${item},\n`).join('');
  const setNames = eventSetsOf(blocks).map(showEvents);
  return `#!/usr/bin/env python3
"""The network of ${python(program.file).slice(1, -1)}, in Mininet (http://mininet.org), with Open vSwitch.

usage: sudo python3 mininet.py [EVENT-SET]

EVENT-SET is the number of the event-set whose configuration the switches run, 0 if absent; the entries are those of
openflow/set-N, beside this script. Written by snk-verify compile.
"""
import os
import subprocess
import sys

FOLDER = os.path.dirname(os.path.abspath(__file__))
# This file has the name of the package, and would be found in its place.
sys.path[:] = [place for place in sys.path if os.path.abspath(place) != FOLDER]

from mininet.cli import CLI
from mininet.net import Mininet
from mininet.node import OVSSwitch

EVENT_SETS = [
${rows(setNames.map(python))}]
SWITCHES = [
${rows(switches.map(({ id }) => python(`s${id}`)))}]
# Name, IPv4 address, MAC address, and the switch and port that it is attached to.
HOSTS = [
${rows(hosts.map(({ name, ip, mac, at }) => `(${[name, ip, mac].map(python).join(', ')}, ${end(at)})`))}]
# From one switch and port to another.
CABLES = [
${rows(cables.map(([a, b]) => `(${end(a)}, ${end(b)})`))}]
# How many VLAN tags a packet can have that switches must look past.
VLAN_LIMIT = ${widths.pc > 0 ? 2 : 1}


def build():
    """The network, not started, without entries."""
    net = Mininet(switch=OVSSwitch, controller=None, build=False)
    for name in SWITCHES:
        net.addSwitch(name, failMode="secure", protocols="OpenFlow13", datapath="user")
    for name, ip, mac, (switch, port) in HOSTS:
        net.addHost(name, ip=ip + "/32", mac=mac, defaultRoute="dev " + name + "-eth0")
        net.addLink(name, switch, port1=0, port2=port)
    for (one, port1), (other, port2) in CABLES:
        net.addLink(one, other, port1=port1, port2=port2)
    return net


def load(event_set):
    """Gives every switch the entries of an event-set."""
    subprocess.check_call(["ovs-vsctl", "set", "Open_vSwitch", ".", "other_config:vlan-limit=%d" % VLAN_LIMIT])
    for name in SWITCHES:
        flows = os.path.join(FOLDER, "openflow", "set-%d" % event_set, name + ".flows")
        subprocess.check_call(["ovs-ofctl", "-O", "OpenFlow13", "replace-flows", name, flows])


def main():
    event_set = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    if not 0 <= event_set < len(EVENT_SETS):
        sys.exit("there are event-sets 0 to %d" % (len(EVENT_SETS) - 1))
    net = build()
    net.build()
    net.staticArp()
    net.start()
    try:
        load(event_set)
        print("event-set %d: %s" % (event_set, EVENT_SETS[event_set]))
        CLI(net)
    finally:
        net.stop()


if __name__ == "__main__":
    main()
`;
}
