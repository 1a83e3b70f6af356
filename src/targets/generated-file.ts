/** A file that a back end wrote: its path below the folder of the output, with `/` between folders, and its text. */
export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}

/** What a back end made of tables; or nothing, because what it writes for cannot do what they ask, with the reasons. */
export type Generated =
  | { readonly kind: 'files'; readonly files: readonly GeneratedFile[] }
  | { readonly kind: 'impossible'; readonly why: readonly string[] };
