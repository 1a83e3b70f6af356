import { expect, test } from 'vitest';
import { type Bmv2Program, bmv2Program } from '../../src/targets/bmv2/bmv2.js';
import type { Pipeline } from '../../src/targets/bmv2/format.js';
import { deploy, type Mode } from '../../src/targets/deployment.js';
import { p4Entries } from '../../src/targets/p4/entries.js';
import { p4Source } from '../../src/targets/p4/p4.js';
import { compilableModels, modelSource, tablesOfSource } from '../compiler/compiled.js';

const modes: readonly Mode[] = ['tagged', 'two-phase', 'best-effort'];
const deploymentOf = (name: string, mode: Mode) => deploy(tablesOfSource(modelSource(name)), mode);

const plain = (text: string): string => text.replaceAll('type_', 'type').replace(/^hdr\./, '');

/** The headers of a P4 source, as BMv2 JSON lists them. */
function p4Layouts(source: string): [string, [string, number][]][] {
  return [...source.matchAll(/(?:header|struct) (\w+)_t \{([^}]*bit<[^}]*)\}/g)].map(([, name, body]) => [
    name!,
    [...body!.matchAll(/bit<(\d+)> (\w+);/g)].map(([, bits, field]) => [plain(field!), Number(bits)]),
  ]);
}

/** The tables of a P4 source with keys: the key, and the actions. */
function p4Tables(source: string): Map<string, { key: string[]; actions: string[] }> {
  const tables = source.matchAll(
    /table (\w+) \{\s*key = \{([^}]*)\}\s*actions = \{([^}]*)\}\s*const default_action = (\w+)/g,
  );
  return new Map(
    [...tables].map(([, name, key, actions, otherwise]) => [
      name!,
      {
        key: [...key!.matchAll(/(\S+): (\w+);/g)].map(
          ([, target, match]) => `${plain(target!).replace('isValid()', '$valid$')} ${match}`,
        ),
        actions: [...actions!.matchAll(/(\w+);/g)].map(([, action]) => action!).concat(`otherwise ${otherwise}`),
      },
    ]),
  );
}

function jsonTables({ pipelines, actions }: Bmv2Program): Map<string, { key: string[]; actions: string[] }> {
  const tables = pipelines.flatMap((pipeline) => pipeline.tables).filter(({ key }) => key.length > 0);
  return new Map(
    tables.map((t) => [
      t.name,
      {
        key: t.key.map(({ target, match_type }) => `${target.join('.')} ${match_type}`),
        actions: [...t.actions, `otherwise ${actions.find(({ id }) => id === t.default_entry.action_id)!.name}`],
      },
    ]),
  );
}

/** Actions with the widths of their parameters. */
const p4Actions = (source: string): string[] =>
  [...source.matchAll(/action (\w+)\(([^)]*)\) \{/g)].map(
    ([, name, parameters]) => `${name}(${[...parameters!.matchAll(/bit<(\d+)>/g)].map(([, bits]) => bits)})`,
  );

/** For each header of a parser, what follows it by which number. */
const p4Transitions = (source: string): string[] =>
  [...source.matchAll(/state \w+ \{\s*packet\.extract\(hdr\.(\w+)\);(.*?)\n {4}\}/gs)].flatMap(([, header, body]) =>
    [...body!.matchAll(/16w0x(\w+): parse_(\w+);/g)].map(([, type, next]) => `${header} ${type} ${next}`),
  );

test.each(modes)('the P4 source has the headers, parser, tables and actions of the JSON: %s', (mode) => {
  for (const name of compilableModels) {
    const deployment = deploymentOf(name, mode);
    const source = p4Source(deployment);
    const program = bmv2Program(deployment, deployment.switches[0]!);
    const layouts = program.header_types.map(({ name: type, fields }) => [type.replace(/_t$/, ''), fields]);
    const own = layouts.filter(([type]) => type !== 'standard_metadata' && type !== 'meta');
    expect(p4Layouts(source).filter(([type]) => type !== 'metadata')).toEqual(own);
    expect(p4Layouts(source).find(([type]) => type === 'metadata')![1]).toEqual(layouts[1]![1]);
    expect(Object.fromEntries(p4Tables(source))).toEqual(Object.fromEntries(jsonTables(program)));
    const actions = program.actions.map((a) => `${a.name}(${a.runtime_data.map(({ bitwidth }) => bitwidth)})`);
    expect([...new Set(p4Actions(source))].sort()).toEqual([...actions].sort());
    const [parser] = program['parsers'] as {
      parse_states: {
        parser_ops: { parameters: { value: string }[] }[];
        transitions: { value: string | null; next_state: string | null }[];
      }[];
    }[];
    const transitions = parser!.parse_states.flatMap(({ parser_ops, transitions: all }) =>
      all
        .filter(({ value }) => value?.length === 6)
        .map(({ value, next_state }) =>
          [parser_ops[0]!.parameters[0]!.value, Number(value).toString(16), next_state!.replace('parse_', '')].join(
            ' ',
          ),
        ),
    );
    expect(p4Transitions(source)).toEqual(transitions);
  }
});

/**
 * Every order of tables and actions that the graph of a pipeline has on the way of a packet with a shim, from a host or
 * a link.
 */
function ways({ init_table, tables, conditionals }: Pipeline): Set<string> {
  const found = new Set<string>();
  const walk = (at: string | null, before: readonly string[]): void => {
    if (at === null) {
      found.add(before.join(' '));
      return;
    }
    const condition = conditionals.find(({ name }) => name === at);
    if (condition) {
      walk(condition.true_next, before);
      walk(condition.false_next, before);
      return;
    }
    const table = tables.find(({ name }) => name === at)!;
    for (const next of new Set(Object.values(table.next_tables))) walk(next, [...before, at]);
  };
  walk(init_table, []);
  return found;
}

test('a packet goes through the tables in the order of Figure 6: stamped, detected, learnt from, forwarded', () => {
  const deployment = deploymentOf('port-knocking', 'tagged');
  const program = bmv2Program(deployment, deployment.switches[0]!);
  const sw = 'hear detect_0 detect_1 remember forward';
  const all = ways(program.pipelines[0]!);
  expect(all).toContain(`begin arrival stamping insert_shim ${sw}`);
  expect(all).toContain(`begin arrival take_tag ${sw}`);
  expect([...all].filter((way) => way.endsWith('forward')).every((way) => way.endsWith(sw))).toBe(true);
  const applied = p4Source(deployment).split('apply {').at(1)!;
  const order = [
    'stamping.apply',
    'insert_shim()',
    'take_tag()',
    'hear()',
    'detect_0.apply',
    'detect_1.apply',
    'remember()',
    'forward.apply',
  ];
  const places = order.map((part) => p4Source(deployment).indexOf(part, p4Source(deployment).indexOf('begin();')));
  expect(applied).toBeDefined();
  expect(places.every((place) => place > 0)).toBe(true);
  expect([...places].sort((a, b) => a - b)).toEqual(places);
});

test('the commands for the P4 program add what the JSON has', () => {
  for (const name of compilableModels) {
    const deployment = deploymentOf(name, 'tagged');
    for (const here of deployment.switches) {
      const entries = bmv2Program(deployment, here).pipelines.flatMap(({ tables }) =>
        tables.flatMap((t) => t.entries.map(() => t.name)),
      );
      const added = [...p4Entries(deployment, here).matchAll(/^table_add Snk\w+\.(\w+) /gm)].map(([, table]) => table);
      expect(added.sort()).toEqual(entries.sort());
    }
  }
});

test('braces of the P4 source are in balance', () => {
  for (const mode of modes) {
    const source = p4Source(deploymentOf('nat', mode));
    expect(source.split('{').length).toBe(source.split('}').length);
  }
});

const withPort = (port: number) => `
host H1 @ 1:2; host H2 @ 1:${port};
state [0];
policy pt=2; pt<-${port}
`;

test('ports that BMv2 keeps for itself are a clear error', () => {
  expect(() => deploy(tablesOfSource(withPort(510)), 'tagged')).toThrow("port 1:510, which is the controller's");
  expect(() => deploy(tablesOfSource(withPort(511)), 'tagged')).toThrow('port 1:511, which v1model keeps');
  expect(() => deploy(tablesOfSource(withPort(509)), 'tagged')).not.toThrow();
});

test('a hand-made rule that matches `other` is a clear error: many numbers are', () => {
  const tables = structuredClone(tablesOfSource(modelSource('firewall')));
  Object.assign(tables.switches[0]!.forwarding[0]!.match.headers, { ip_dst: 'other' });
  expect(() => deploy(tables, 'tagged')).toThrow('a rule that names `other` as the value of ip_dst');
});
