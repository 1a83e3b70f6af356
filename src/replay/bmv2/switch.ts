import { BadProgram } from './json.js';
import { copyPacket, evaluate, headerOf, type Packet, readFieldOf, writeField } from './packet.js';
import { dropPort, runPrimitive } from './primitives.js';
import type { Action, ActionCall, FieldPath, Pipeline, SwitchProgram, Table, TableEntry } from './program.js';
import { deparse, parse } from './wire.js';

/** The copies that a multicast group makes: each with a number, and the port that it leaves by. */
export type Replication = ReadonlyMap<number, readonly { readonly rid: number; readonly port: number }[]>;

/** A switch that runs a program: v1model as simple_switch has it, without clones, resubmission, meters and clocks. */
export interface EmbeddedSwitch {
  /**
   * Takes a frame, and gives the frames that leave, port by port, and a log with a line for each step. @throws
   * BadProgram
   */
  readonly take: (
    port: number,
    frame: Uint8Array,
  ) => {
    readonly outputs: readonly { readonly port: number; readonly frame: Uint8Array }[];
    readonly log: readonly string[];
  };
}

/** A pipeline that runs more tables and conditions than this is taken to go round in circles. */
const maxNodes = 10_000;

export function embeddedSwitch(program: SwitchProgram, replication: Replication): EmbeddedSwitch {
  const registers = new Map(
    program.registers.map(({ name, size, bits }) => [name, { bits, cells: Array<bigint>(size).fill(0n) }]),
  );
  const standard = (field: string): FieldPath => ['standard_metadata', field];
  const aliased = (name: string): FieldPath | undefined => program.aliases.get(name);
  const group = aliased('intrinsic_metadata.mcast_grp');
  const replica = aliased('intrinsic_metadata.egress_rid');

  const surroundings = { registers, group };

  const run = (packet: Packet, { action: id, parameters }: ActionCall): Action => {
    const action = program.actions.get(id);
    if (!action) throw new BadProgram(`there is no action ${id}`);
    for (const primitive of action.primitives) runPrimitive(surroundings, packet, primitive, parameters);
    return action;
  };

  const applyTable = (packet: Packet, table: Table, log: string[]): string | undefined => {
    const key = table.key.map((field) => keyValue(packet, field));
    const index = bestMatch(table.entries, key);
    const call = table.entries[index]?.call ?? table.otherwise;
    const { name } = run(packet, call);
    const parameters = call.parameters.map((p) => `0x${p.toString(16)}`).join(', ');
    const found = index < 0 ? (table.key.length === 0 ? '' : 'no entry, ') : `entry ${index}, `;
    log.push(`table ${table.name}: ${found}${name}(${parameters})`);
    if (!table.next.has(name)) throw new BadProgram(`table ${table.name} does not say what follows ${name}`);
    return table.next.get(name);
  };

  const apply = (packet: Packet, pipeline: Pipeline, log: string[]): void => {
    let next = pipeline.start;
    for (let visited = 0; next !== undefined; visited++) {
      if (visited > maxNodes) throw new BadProgram(`the pipeline ${pipeline.name} does not end`);
      const node = pipeline.nodes.get(next);
      if (!node) throw new BadProgram(`the pipeline ${pipeline.name} has no ${next}`);
      if (node.kind === 'table') next = applyTable(packet, node, log);
      else {
        const holds = evaluate(packet, node.condition, []) !== 0n;
        log.push(`condition ${node.name}: ${holds}`);
        next = holds ? node.yes : node.no;
      }
    }
  };

  /** The copies after the ingress, each with the port that it is to leave by. */
  const replicate = (packet: Packet, log: string[]): { readonly port: bigint; readonly copy: Packet }[] => {
    const chosen = group ? readFieldOf(packet, group) : 0n;
    if (chosen === 0n) return [{ port: readFieldOf(packet, standard('egress_spec')), copy: packet }];
    const nodes = replication.get(Number(chosen));
    if (!nodes) log.push(`multicast group ${chosen} is not known: dropped`);
    return (nodes ?? []).map(({ rid, port }) => {
      const copy = copyPacket(packet);
      if (replica) writeField(copy, replica, BigInt(rid));
      return { port: BigInt(port), copy };
    });
  };

  return {
    take: (port, frame) => {
      const log: string[] = [];
      const packet = parse(program, frame, (fresh) => {
        writeField(fresh, standard('ingress_port'), BigInt(port));
        writeField(fresh, standard('packet_length'), BigInt(frame.length));
      });
      apply(packet, program.ingress, log);
      const outputs: { port: number; frame: Uint8Array }[] = [];
      for (const { port: leaving, copy } of replicate(packet, log)) {
        if (leaving === dropPort) {
          log.push('dropped');
          continue;
        }
        writeField(copy, standard('egress_port'), leaving);
        writeField(copy, standard('egress_spec'), 0n);
        apply(copy, program.egress, log);
        if (readFieldOf(copy, standard('egress_spec')) === dropPort) log.push('dropped in the egress');
        else outputs.push({ port: Number(leaving), frame: deparse(program, copy) });
      }
      return { outputs, log };
    },
  };
}

/** The value of a field in a key: 0 if the header is not valid. */
const keyValue = (packet: Packet, field: FieldPath): bigint =>
  field[1] === '$valid$' || headerOf(packet, field[0]).isValid ? readFieldOf(packet, field) : 0n;

/** The index of the matching entry of the lowest priority; -1 if none matches. */
function bestMatch(entries: readonly TableEntry[], key: readonly bigint[]): number {
  let best = -1;
  for (const [i, entry] of entries.entries()) {
    if (best >= 0 && entries[best]!.priority <= entry.priority) continue;
    const matches = entry.key.every(({ value, mask }, k) => {
      const care = mask ?? -1n;
      return (key[k]! & care) === (value & care);
    });
    if (matches) best = i;
  }
  return best;
}
