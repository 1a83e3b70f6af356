/** A file that a back end wrote: its path below the folder of the output, with `/` between folders, and its text. */
export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}

/**
 * What a back end made of tables; or the reasons why it made nothing, if its target cannot do what the tables ask for.
 */
export type Generated =
  | { readonly kind: 'files'; readonly files: readonly GeneratedFile[] }
  | { readonly kind: 'impossible'; readonly why: readonly string[] };
