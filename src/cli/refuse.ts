import { printable } from '../base/printable.js';
import { type Impossible, type Refused, showDiagnostics } from '../workbench.js';
import { complain } from './complain.js';
import { type ExitStatus, exitStatus } from './exit-status.js';
import { wantsColour } from './files.js';

/**
 * Says on standard error why a verb can do nothing with a program, in the same words whichever verb it is, and gives
 * the exit status: 2 if the program is rejected, 3 if a limit was met.
 */
export function refuse(file: string, refused: Refused | Impossible): ExitStatus {
  switch (refused.kind) {
    case 'limit':
      return complain(`${printable(file)}: ${printable(refused.why)}`, exitStatus.unknown);
    case 'impossible':
      return complain(`${printable(file)}: ${refused.why}`);
    case 'rejected': {
      const { reading, rejection } = refused;
      if (reading.ok) return complain(rejectionLine(file, rejection));
      process.stderr.write(`${showDiagnostics(reading, { colour: wantsColour(process.stderr) })}\n`);
      return exitStatus.rejected;
    }
  }
}

/** A rejection in a line, of a program that has been read but has no meaning. */
function rejectionLine(
  file: string,
  { code, message, line, column }: Extract<Refused, { kind: 'rejected' }>['rejection'],
): string {
  const place = line === null ? '' : `:${line}:${column}`;
  return `${printable(file)}${place}: rejected [${code}]: ${printable(message)}`;
}
