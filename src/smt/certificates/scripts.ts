import type { Obligation } from '../solver/obligation.js';

/** The name of an obligation in a file of scripts: a line of its own, before the claim. */
const nameLine = /^; == (.+)$/;

/** `(set-logic …)`, the first line of a script. */
const logicOf = ({ script }: Obligation): string => script.slice(0, script.indexOf('\n') + 1);

/**
 * `NAME.smt2`: the scripts of all obligations, for any solver of SMT-LIB 2. Each stands by itself, from a `(push 1)` to
 * its `(pop 1)`, below its name and its claim in words; a solver says the name, then its answer. (If a `(reset)`
 * separated them all, solvers would take three times as long.) A `(reset)` stands only where the logic changes, for
 * solvers are tuned to each logic.
 */
export function writeScripts(title: string, obligations: readonly Obligation[]): string {
  const head = [
    `; ${title}`,
    '; Each script from a (push 1) to its (pop 1) is unsatisfiable iff the claim above it holds. docs/proofs.md says what follows',
    '; from all of them. `snk-verify prove --check` makes them again from the program, compares, and asks the solvers. By hand:',
    ';   z3 -smt2 FILE        cvc5 --incremental --lang=smt2 FILE',
    '',
  ].join('\n');
  const written = obligations.map((obligation, i) => {
    const logic = logicOf(obligation);
    const isAnother = i > 0 && logic !== logicOf(obligations[i - 1]!);
    return `${isAnother ? '\n(reset)\n' : ''}${i === 0 || isAnother ? logic : ''}${writeScript(obligation)}`;
  });
  return head + written.join('');
}

function writeScript(obligation: Obligation): string {
  const { name, claim, script } = obligation;
  const body = script.slice(logicOf(obligation).length).trimEnd();
  return `\n; == ${name}\n; ${claim}\n(push 1)\n(echo "${name}")\n${body}\n(pop 1)\n`;
}

/** The obligations in a file of scripts: each name, with the text from there to the next name. */
export function splitScripts(file: string): readonly { readonly name: string; readonly text: string }[] {
  const parts: { name: string; lines: string[] }[] = [];
  for (const line of file.split('\n')) {
    const name = nameLine.exec(line)?.[1];
    if (name !== undefined) parts.push({ name, lines: [] });
    parts[parts.length - 1]?.lines.push(line);
  }
  return parts.map(({ name, lines }) => ({ name, text: lines.join('\n') }));
}

/**
 * What a solver has said to a whole file of scripts: for each obligation anything but `unsat`, an error among them, is
 * a problem, and so is an answer that is missing or that nobody asked for.
 */
export function readAnswers(names: readonly string[], output: string): string[] {
  const { answers, problems } = answersIn(names, output);
  for (const name of names) {
    const answer = answers.get(name);
    if (!answer) problems.push(`${name} has no answer`);
    else if (answer.length !== 1 || answer[0] !== 'unsat')
      problems.push(`${name} is not unsatisfiable: ${answer.join(' ').slice(0, 200) || 'no answer'}`);
  }
  return problems;
}

/** Those of the obligations to which a solver has said nothing, in order. */
export function unansweredIn(names: readonly string[], output: string): string[] {
  const { answers } = answersIn(names, output);
  return names.filter((name) => (answers.get(name) ?? []).length === 0);
}

/** What was said under each name, and what was said under none. */
function answersIn(
  names: readonly string[],
  output: string,
): { readonly answers: ReadonlyMap<string, readonly string[]>; readonly problems: string[] } {
  const problems: string[] = [];
  const wanted = new Set(names);
  const answers = new Map<string, string[]>();
  let under: string[] | undefined;
  for (const line of output.split('\n').map((text) => text.trim())) {
    if (line === '') continue;
    // Some solvers repeat the quotation marks of what they echo.
    const name = line.replace(/^"(.*)"$/, '$1');
    if (wanted.has(name)) {
      if (answers.has(name)) problems.push(`${name} was answered twice`);
      under = [];
      answers.set(name, under);
    } else if (under) under.push(line);
    else problems.push(`the solver said before the first script: ${line}`);
  }
  return { answers, problems };
}
