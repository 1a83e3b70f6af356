import { createHash } from 'node:crypto';
import { h, type Markup, toHtml, visible } from './markup.js';

/** What a page is made of. */
export interface Document {
  readonly title: string;
  readonly body: readonly Markup[];
  readonly style: string;
  /** What the script runs on, if there is a script. */
  readonly data?: unknown;
  readonly script?: string;
  /** Whether the script may ask its own server (`explore`); a report asks nobody. */
  readonly connects?: boolean;
}

const digest = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** JSON that an HTML parser takes for text, whatever is in it: plain ASCII without `<`. */
const inScript = (data: unknown): string =>
  JSON.stringify(data).replace(/[^ -~]|</g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/**
 * A page that needs nothing but itself. Its policy (CSP) lets run the one script and the one style that are in it, by
 * their digests, and nothing else: no other script, no network, no form.
 */
export function htmlDocument({ title, body, style, data, script, connects = false }: Document): string {
  const policy = [
    "default-src 'none'",
    'img-src data:',
    `style-src ${digest(style)}`,
    ...(script === undefined ? [] : [`script-src ${digest(script)}`]),
    ...(connects ? ["connect-src 'self'"] : []),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
${toHtml(h('meta', { 'http-equiv': 'Content-Security-Policy', content: policy }))}
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${toHtml(visible(title))}</title>
<style>${style}</style>
</head>
<body>
${body.map(toHtml).join('\n')}
${data === undefined ? '' : `<script type="application/json" id="data">${inScript(data)}</script>\n`}${script === undefined ? '' : `<script>${script}</script>\n`}</body>
</html>
`;
}
