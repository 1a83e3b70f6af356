import type { Execution } from '../../src/execution/execution.js';

/**
 * An execution of the firewall: H1 sends to H4, which triggers event 0 at switch 4; the controller hears of it; H4's
 * answer is let through.
 */
export const answered: Execution = [
  { rule: 'IN', packet: 0, at: '1:2', headers: { ip_dst: 'H4' }, tag: [] },
  {
    rule: 'SW',
    packet: 0,
    at: '1:2',
    tag: [],
    digestIn: [],
    detected: [],
    eventSet: [],
    outputs: [{ port: 1, headers: { ip_dst: 'H4' }, digest: [] }],
  },
  { rule: 'LINK', packet: 0, from: '1:1', to: '4:1' },
  {
    rule: 'SW',
    packet: 0,
    at: '4:1',
    tag: [],
    digestIn: [],
    detected: [0],
    eventSet: [0],
    outputs: [{ port: 2, headers: { ip_dst: 'H4' }, digest: [0] }],
  },
  { rule: 'OUT', packet: 0, at: '4:2', host: 'H4' },
  { rule: 'IN', packet: 1, at: '4:2', headers: { ip_dst: 'H1' }, tag: [0] },
  {
    rule: 'SW',
    packet: 1,
    at: '4:2',
    tag: [0],
    digestIn: [],
    detected: [],
    eventSet: [0],
    outputs: [{ port: 1, headers: { ip_dst: 'H1' }, digest: [0] }],
  },
  { rule: 'LINK', packet: 1, from: '4:1', to: '1:1' },
  {
    rule: 'SW',
    packet: 1,
    at: '1:1',
    tag: [0],
    digestIn: [0],
    detected: [],
    eventSet: [0],
    outputs: [{ port: 2, headers: { ip_dst: 'H1' }, digest: [0] }],
  },
  { rule: 'OUT', packet: 1, at: '1:2', host: 'H1' },
  { rule: 'CTRLRECV', item: [0], told: 3 },
  { rule: 'CTRLSEND', switch: 1, eventSet: [0] },
];
