import { type Decoder, listOf, object, oneOf, optional, text, whole } from '../../base/decode.js';
import { assertArguments, textOption } from '../../base/taken.js';
import { byTheorem, checkNames, type TheoremName } from '../../theorems/checks.js';

/** What can be proved: that the tables do what the program says, and the theorems. */
export const certifiedNames = ['tables', ...checkNames] as const;
export type CertifiedName = (typeof certifiedNames)[number];

export const certificateFormat = 'snk-verify-proof';
export const certificateVersion = 1;

/** What a certificate says of a check. */
export interface CertifiedCheck {
  readonly status: 'proved' | 'holds' | 'violated' | 'unknown';
  /** Where the check is not proved, the most packets that entered. */
  readonly packets?: number | undefined;
  readonly why?: string | undefined;
}

/**
 * `NAME.json`: what has been proved of a program under `tagged`, with the controller on or off, for any number of
 * packets; the obligations that prove it, whose scripts are in `NAME.smt2`; and what only holds within bounds.
 */
export interface Certificate {
  readonly format: typeof certificateFormat;
  readonly version: typeof certificateVersion;
  readonly tool: { readonly name: string; readonly version: string };
  readonly program: { readonly file: string; readonly sha256: string };
  /**
   * The hash of `tables.json`, as `snk-verify compile` writes it; absent if the program needs more than switches have.
   */
  readonly tables?: { readonly sha256: string } | undefined;
  /** The bound on the length of paths, if the program has loops (spec 2.5). */
  readonly unroll?: number | undefined;
  /** The most packets, if the program has loops: by that, clocks are listed for the tables (spec 2.5). */
  readonly packets?: number | undefined;
  readonly semantics: 'tagged';
  /** `tables` is there only if the program fits into tables; likewise its obligations in `NAME.smt2`. */
  readonly checks: Readonly<Record<TheoremName, CertifiedCheck>> & { readonly tables?: CertifiedCheck | undefined };
  readonly scripts: { readonly sha256: string };
  readonly obligations: readonly { readonly name: string; readonly claim: string; readonly sha256: string }[];
  /** The solvers that have found every script unsatisfiable. */
  readonly solvers: readonly string[];
}

const hash: Decoder<string> = (value, path, problems) => {
  const found = text(value, path, problems);
  if (typeof found === 'string' && !/^[0-9a-f]{64}$/.test(found)) problems.push(`${path} is no SHA-256`);
  return found;
};

const certifiedCheck = object({
  status: oneOf(['proved', 'holds', 'violated', 'unknown'] as const, 'a status'),
  packets: optional(whole(1_000, 'packets')),
  why: optional(text),
});

const decodeCertificate: Decoder<Certificate> = object({
  format: oneOf([certificateFormat] as const, 'the format'),
  version: oneOf([certificateVersion] as const, 'the version'),
  tool: object({ name: text, version: text }),
  program: object({ file: text, sha256: hash }),
  tables: optional(object({ sha256: hash })),
  unroll: optional(whole(10_000, 'a bound on paths')),
  packets: optional(whole(1_000, 'packets')),
  semantics: oneOf(['tagged'] as const, 'the rules'),
  checks: object({
    tables: optional(certifiedCheck),
    ...byTheorem(() => certifiedCheck),
  }),
  scripts: object({ sha256: hash }),
  obligations: listOf(object({ name: text, claim: text, sha256: hash })),
  solvers: listOf(text),
});

/**
 * Reads a certificate, whoever wrote it. Strict: whatever is not understood is a problem, each in a line.
 * @example
 * ```ts
 * import { readFileSync } from 'node:fs';
 * import { readCertificate } from 'snk-verify';
 *
 * const read = readCertificate(readFileSync('proofs/firewall.json', 'utf8'));
 * if ('certificate' in read) console.log(read.certificate.program.file); // models/firewall.snk
 * ```
 */
export function readCertificate(
  source: string,
): { readonly certificate: Certificate } | { readonly problems: readonly string[] } {
  assertArguments('readCertificate', { source: [source, textOption] });
  let json: unknown;
  try {
    json = JSON.parse(source);
  } catch (error) {
    return { problems: [`the certificate is not JSON: ${(error as Error).message}`] };
  }
  const problems: string[] = [];
  const certificate = decodeCertificate(json, '', problems);
  return problems.length > 0 ? { problems } : { certificate };
}

/** The checks that a certificate says are proved. */
export const provedChecks = ({ checks }: Pick<Certificate, 'checks'>): CertifiedName[] =>
  certifiedNames.filter((name) => checks[name]?.status === 'proved');
