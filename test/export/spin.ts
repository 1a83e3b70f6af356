import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';

/** Why there is no SPIN to be had here; undefined if there is one. */
export function whyNoSpin(): string | undefined {
  const missing = ['spin', 'gcc'].find((program) => spawnSync(program, ['--version']).error);
  return missing && `there is no ${missing} (Debian: spin, gcc, libc6-dev)`;
}

/** What SPIN says of a model: that it found no failed assertion, or the one that it found and what its trail prints. */
export type SpinVerdict =
  | { readonly kind: 'holds'; readonly states: number }
  | { readonly kind: 'violated'; readonly assertion: string; readonly trail: string };

/**
 * A verifier that SPIN generated from a model, for all semantics and checks (by their numbers in the model's first
 * lines).
 */
export interface Verifier {
  readonly run: (semantics: number, check: number) => SpinVerdict;
  readonly remove: () => void;
}

/**
 * Compiles a model once for all semantics and checks: the verifier reads from the environment, when it starts, what the
 * exported file has as constants. @throws what SPIN or the C compiler says
 */
export function verifier(promela: string): Verifier {
  const asked = (name: string) => `now.${name} = atoi(getenv("${name}"));`;
  const text = promela.replace(
    'active proctype network() {',
    `byte theSemantics; byte theCheck;\nactive proctype network() {\n  c_code { ${asked('theSemantics')} ${asked('theCheck')} };`,
  );
  return compiled(text, ['-DSEMANTICS=theSemantics', '-DCHECK=theCheck'], '-O1');
}

/** What SPIN says of a model as it is exported, of its own semantics and check. */
export function verdictOf(promela: string): SpinVerdict {
  const { run, remove } = compiled(promela, [], '-O0');
  try {
    return run(0, 0);
  } finally {
    remove();
  }
}

function compiled(text: string, chosen: readonly string[], optimised: string): Verifier {
  const folder = mkdtempSync(path.join(tmpdir(), 'snk-spin-'));
  const run = (program: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env) =>
    execFileSync(program, args, {
      cwd: folder,
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 2 ** 26,
    });
  writeFileSync(path.join(folder, 'model.pml'), text);
  run('spin', [...chosen, '-a', 'model.pml']);
  run('gcc', [optimised, '-w', '-DSAFETY', '-DNOREDUCE', '-DVECTORSZ=8192', '-DPRINTF', '-o', 'pan', 'pan.c']);
  return {
    run: (semantics, check) => {
      // The model counts them from 1.
      const env = { ...process.env, theSemantics: String(semantics + 1), theCheck: String(check + 1) };
      const said = run('./pan', ['-E', '-w18', '-m100000'], env);
      const states = Number(/^\s*(\d+) states, stored/m.exec(said)?.[1]);
      if (!/^Full statespace search/m.test(said) || /max search depth too small/.test(said) || Number.isNaN(states))
        throw new Error(`SPIN did not finish: ${said}`);
      const assertion = /assertion violated (.*) \(at depth/.exec(said)?.[1];
      if (assertion === undefined) {
        if (!/errors: 0$/m.test(said)) throw new Error(`SPIN found something else: ${said}`);
        return { kind: 'holds', states };
      }
      return { kind: 'violated', assertion, trail: run('./pan', ['-r'], env) };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
