import type { Command } from 'commander';

/** What a command is for, and the command without the tool's name. */
type Example = readonly [what: string, command: string];

/** Two examples for each verb, which a test runs. */
const examples: Readonly<Record<string, readonly [Example, Example]>> = {
  check: [
    ['what best-effort updates break, as a page', 'check models/firewall.snk --semantics best-effort --html out'],
    ['the paper itself, for scripts', 'check models/firewall.snk --semantics figure6 --spec paper --json'],
  ],
  compile: [
    ['tables, OpenFlow, P4, BMv2 and Mininet', 'compile models/firewall.snk -o out'],
    ['of a program that is not locally determined', 'compile models/figure-2b-nonlocal.snk --force -o forced'],
  ],
  prove: [
    ['write certificates', 'prove models/firewall.snk models/nat.snk -o proofs'],
    ['re-check them all, with every solver there is', 'prove --check'],
  ],
  diff: [
    [
      'what is different in a chain of three packets, all of it',
      'diff models/bandwidth-cap.snk models/bandwidth-cap-3.snk --all',
    ],
    ['for a pull request', 'diff models/bandwidth-cap.snk models/bandwidth-cap-3.snk --markdown'],
  ],
  reach: [
    ['who reaches whom, and what the event changes', 'reach models/firewall.snk'],
    ['one state of several, for scripts', 'reach models/ids.snk --state 1 --json'],
  ],
  trace: [
    ['a reply before the event', 'trace models/firewall.snk --from H4 --headers ip_dst=H1'],
    ['a reply after it', 'trace models/firewall.snk --from H4 --headers ip_dst=H1 --state 1'],
  ],
  merge: [
    ['join what two machines have checked', 'merge part-1.json part-2.json'],
    ['the same for code scanning', 'merge part-1.json part-2.json --format sarif'],
  ],
  report: [
    ['a page of a result', 'report result.json -o out'],
    ['two runs of a program side by side', 'report tagged.json best-effort.json -o compared'],
  ],
  validate: [
    ['re-run what `check --json` has found', 'validate result.json'],
    ['the same, with a program that was moved', 'validate result.json --program models/firewall.snk'],
  ],
  convert: [
    ['a drawing for the terminal', 'convert result.json --to text'],
    ['captured packets for Wireshark', 'convert result.json --to pcapng -o result.pcapng'],
  ],
  explore: [
    ['on any free port', 'explore models/firewall.snk'],
    ['without a controller, for two packets', 'explore models/port-knocking.snk --controller off --packets 2'],
  ],
  replay: [
    ['counterexamples of a result, captured', 'replay result.json --pcap captures'],
    ['a program, without simple_switch', 'replay models/firewall.snk --semantics best-effort --driver embedded'],
  ],
  conform: [
    ['fifty random executions', 'conform models/firewall.snk --executions 50 --seed 1'],
    ['every execution of one packet', 'conform models/firewall.snk --all --packets 1'],
  ],
  up: [
    ['with the simple_switch on the PATH', 'up models/firewall.snk'],
    ['with another', 'up models/firewall.snk --simple-switch /opt/bmv2/bin/simple_switch'],
  ],
  export: [
    ['for SPIN', 'export models/firewall.snk --to promela --packets 2 > firewall.pml'],
    ['Lemma 3 for TLC', 'export models/firewall.snk --to tla --check lemma3 > StatefulNetKAT.tla'],
  ],
};

/** Ends the help of a verb with its examples. */
export function addExamples(verb: Command): void {
  const shown = examples[verb.name()]!.map(([what, command]) => `  # ${what}\n  $ snk-verify ${command}`);
  verb.addHelpText('after', `\nExamples:\n${shown.join('\n')}`);
}
