import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { mutants } from './mutants.js';

const root = path.resolve(import.meta.dirname, '../..');

/** What TypeScript says of a name, a property or a module that does not exist. */
const nameless = new Set([2304, 2305, 2307, 2339, 2503, 2551, 2552, 2663, 2724]);

/** The sources as TypeScript sees them, one of which can be exchanged for another text. */
function sources() {
  const file = path.join(root, 'tsconfig.json');
  const { options } = ts.getParsedCommandLineOfConfigFile(
    file,
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic },
  )!;
  const names = [...new Set(mutants.map((mutant) => path.join(root, mutant.file)))];
  let planted: { readonly name: string; readonly text: string } | undefined;
  let version = 0;
  const versions = new Map<string, number>();
  const service = ts.createLanguageService({
    getScriptFileNames: () => names,
    getScriptVersion: (name) => String(versions.get(name) ?? 0),
    getScriptSnapshot: (name) => {
      const text = planted?.name === name ? planted.text : ts.sys.readFile(name);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => root,
    getCompilationSettings: () => options,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
    readDirectory: ts.sys.readDirectory,
  });
  /** What is wrong with a file that has this text. */
  return (name: string, text: string): string[] => {
    planted = { name, text };
    versions.set(name, ++version);
    const found = [
      ...service.getSyntacticDiagnostics(name),
      ...service.getSemanticDiagnostics(name).filter(({ code }) => nameless.has(code)),
    ];
    planted = undefined;
    versions.set(name, ++version);
    return found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
  };
}

const onUnRecoverableConfigFileDiagnostic = ({ messageText }: ts.Diagnostic): void => {
  throw new Error(ts.flattenDiagnosticMessageText(messageText, ' '));
};

/**
 * A fault that names what is not there fails every test, whatever that tests: it would count as seen for nothing. Names
 * change, and nothing else reads what is planted as TypeScript.
 */
it('what is planted names only what there is', () => {
  const faultsIn = sources();
  const [{ file, find }] = mutants as [(typeof mutants)[number]];
  const name = path.join(root, file);
  expect(faultsIn(name, readFileSync(name, 'utf8').replace(find, `nobodyHasThisName;\n${find}`))).not.toEqual([]);

  const faults = mutants.flatMap(({ file, name, find, replace }) => {
    const place = path.join(root, file);
    return faultsIn(
      place,
      readFileSync(place, 'utf8').replace(find, () => replace),
    ).map((fault) => `${file}: ${name}: ${fault}`);
  });
  expect(faults, faults.join('\n')).toEqual([]);
}, 600_000);
