import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';

/** A switch to make: its name and the numbers of its ports. */
export interface Bridge {
  readonly name: string;
  readonly ports: readonly number[];
}

/** A real Open vSwitch in user space, with a folder, sockets and a data base of its own. */
export interface OpenVswitch {
  /** Replaces all bridges by these, without entries. */
  readonly rebuild: (bridges: readonly Bridge[]) => Promise<void>;
  /** Replaces the entries of a bridge by those of a text in the syntax of `ovs-ofctl`. @throws what it says of them */
  readonly load: (bridge: string, flows: string) => void;
  /** The datapath's actions on a frame that comes in by a port of a bridge, as `ofproto/trace` says them. */
  readonly trace: (bridge: string, port: number, frame: Uint8Array) => Promise<string>;
  /** The number of the bridge's port that the datapath knows by a number of its own. */
  readonly portOf: (bridge: string, datapathPort: number) => number;
  readonly stop: () => void;
}

const schema = '/usr/share/openvswitch/vswitch.ovsschema';
const programs = ['ovsdb-tool', 'ovsdb-server', 'ovs-vswitchd', 'ovs-vsctl', 'ovs-ofctl'];

/** Why there is no Open vSwitch to be had here; undefined if there is one. */
export function whyNot(): string | undefined {
  const missing = programs.find((program) => spawnSync(program, ['--version']).error);
  if (missing !== undefined) return `there is no ${missing} (Debian: openvswitch-switch)`;
  return existsSync(schema) ? undefined : `there is no ${schema}`;
}

/**
 * Starts a data base and a switch. Ports are of the type `dummy`, so that nothing of this machine's network is touched;
 * bridges use the user-space datapath, which really forwards packets.
 */
export function startOpenVswitch(): OpenVswitch {
  const folder = mkdtempSync(path.join(tmpdir(), 'snk-ovs-'));
  const at = (name: string) => path.join(folder, name);
  const env = { ...process.env, OVS_RUNDIR: folder, OVS_LOGDIR: folder, OVS_DBDIR: folder, OVS_SYSCONFDIR: folder };
  const run = (program: string, ...args: readonly string[]): string =>
    execFileSync(program, args, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const daemon = (program: string, ...args: readonly string[]) =>
    execFileSync(
      program,
      [...args, `--pidfile=${at(`${program}.pid`)}`, `--log-file=${at(`${program}.log`)}`, '--detach', '--no-chdir'],
      { env, stdio: 'ignore' },
    );

  const stop = (): void => {
    for (const program of ['ovs-vswitchd', 'ovsdb-server']) {
      const file = at(`${program}.pid`);
      if (existsSync(file)) process.kill(Number(readFileSync(file, 'utf8')));
    }
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    run('ovsdb-tool', 'create', at('conf.db'), schema);
    daemon('ovsdb-server', at('conf.db'), `--remote=punix:${at('db.sock')}`, `--unixctl=${at('db.ctl')}`);
    daemon('ovs-vswitchd', `unix:${at('db.sock')}`, '--enable-dummy=override', `--unixctl=${at('switch.ctl')}`);
  } catch (error) {
    stop();
    throw error;
  }
  const vsctl = (...args: readonly string[]) => run('ovs-vsctl', '--timeout=30', `--db=unix:${at('db.sock')}`, ...args);
  vsctl('--no-wait', 'init');
  // The setting that openflow.ts asks for if packets have a pc.
  vsctl('set', 'Open_vSwitch', '.', 'other_config:vlan-limit=2');

  let bridges: readonly Bridge[] = [];
  const ports = new Map<string, number>();
  const rebuild = async (wanted: readonly Bridge[]): Promise<void> => {
    const add = wanted.flatMap(({ name, ports: numbers }) => [
      ...['--', 'add-br', name],
      ...['--', 'set', 'bridge', name, 'datapath_type=netdev', 'fail-mode=secure', 'protocols=OpenFlow13'],
      ...numbers.flatMap((port) => {
        const interfaceName = `${name}p${port}`;
        return [
          ...['--', 'add-port', name, interfaceName],
          ...['--', 'set', 'interface', interfaceName, 'type=dummy', `ofport_request=${port}`],
        ];
      }),
    ]);
    if (bridges.length > 0) vsctl(...bridges.flatMap(({ name }) => ['--', 'del-br', name]));
    vsctl(...add);
    bridges = wanted;
    ports.clear();
    // `    s1p2 2/3: (dummy)`: the port of the bridge, and of the datapath.
    let bridge = '';
    for (const line of (await ask(at('switch.ctl'), 'dpif/show')).split('\n')) {
      bridge = /^ {2}(\S+):$/.exec(line)?.[1] ?? bridge;
      const [, port, datapathPort] = /^ {4}\S+ (\d+)\/(\d+):/.exec(line) ?? [];
      if (port !== undefined) ports.set(`${bridge} ${datapathPort}`, Number(port));
    }
  };
  return {
    rebuild,
    load: (bridge, flows) => {
      writeFileSync(at('flows'), flows);
      run('ovs-ofctl', '-O', 'OpenFlow13', 'replace-flows', `unix:${at(`${bridge}.mgmt`)}`, at('flows'));
    },
    trace: async (bridge, port, frame) => {
      const answer = await ask(
        at('switch.ctl'),
        'ofproto/trace',
        bridge,
        `in_port=${port}`,
        Buffer.from(frame).toString('hex'),
      );
      const actions = /^Datapath actions: (.*)$/m.exec(answer)?.[1];
      if (actions === undefined) throw new Error(`ofproto/trace gives no actions: ${answer}`);
      return actions;
    },
    portOf: (bridge, datapathPort) => {
      const port = ports.get(`${bridge} ${datapathPort}`);
      if (port === undefined) throw new Error(`${bridge} has no port that the datapath knows as ${datapathPort}`);
      return port;
    },
    stop,
  };
}

/** Asks as `ovs-appctl` does (JSON-RPC over the daemon's socket), but without a process for each question. */
const ask = (socket: string, method: string, ...params: readonly string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    const connection = net.connect(socket);
    let text = '';
    connection.setEncoding('utf8').on('error', reject);
    connection.on('end', () => reject(new Error(`${method}: the switch hung up after ${JSON.stringify(text)}`)));
    connection.on('data', (more: string) => {
      text += more;
      let answer: { readonly result?: string; readonly error?: string };
      try {
        answer = JSON.parse(text);
      } catch {
        // The answer has not come completely yet.
        return;
      }
      connection.destroy();
      if (typeof answer.result === 'string') resolve(answer.result);
      else reject(new Error(`${method} ${params.join(' ')}: ${answer.error}`));
    });
    connection.write(JSON.stringify({ id: 0, method, params }));
  });
