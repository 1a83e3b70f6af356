import { describe, expect, it } from 'vitest';
import { readProgram } from '../../src/language/read-program.js';

const addressesOf = (declarations: string, policy = 'id') => {
  const reading = readProgram(`${declarations} state [0]; policy ${policy}`, 'test.snk');
  if (!reading.ok) throw new Error(JSON.stringify(reading.diagnostics));
  return Object.fromEntries(reading.program.addresses);
};

describe('the addresses of hosts', () => {
  it('are those declared, or go by the number at the end of the name', () => {
    expect(addressesOf('host H1 @ 1:2 ip 10.1.0.9; host H4 @ 4:2 mac 00:00:00:00:00:04;')).toEqual({
      H1: { ip: '10.1.0.9', mac: '02:00:00:00:00:01' },
      H4: { ip: '10.0.0.4', mac: '00:00:00:00:00:04' },
    });
  });

  it('are free: no other host has them, and the program does not mention them', () => {
    const hosts = 'host A @ 1:2; host B1 @ 1:3; host C1 @ 1:4; host D2 @ 1:5; host E @ 1:6 ip 10.0.0.1;';
    const addresses = addressesOf(hosts, 'ip_dst=10.0.0.3 + ip_src=167772165');
    expect(Object.values(addresses).map(({ ip }) => ip)).toEqual([
      '10.0.0.2',
      '10.0.0.4',
      '10.0.0.6',
      '10.0.0.7',
      '10.0.0.1',
    ]);
    expect(new Set(Object.values(addresses).map(({ mac }) => mac)).size).toBe(5);
  });
});
