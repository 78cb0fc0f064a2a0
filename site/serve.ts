import { existsSync } from 'node:fs';
import { DIST, serveSite } from './server.ts';

/** Serves the site until it is stopped. */
if (existsSync(DIST)) {
  const { origin } = await serveSite();
  process.stdout.write(`The site is at ${origin}/. Ctrl-C stops it.\n`);
} else {
  process.stderr.write('site/dist does not exist; run `npm run site` first\n');
  process.exitCode = 1;
}
