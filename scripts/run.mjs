/** Sets up what is missing, then becomes the command line: same arguments, streams and exit status. */
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { cli_entry, runScript, setUp } from './set-up.mjs';

await runScript(() => setUp({ bundle: true }));
process.argv[1] = cli_entry;
await import(pathToFileURL(cli_entry).href);
