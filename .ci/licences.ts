import { readFileSync } from 'node:fs';

/** Licences that ask for no more than to be named, under which the packages may be in an image that anyone passes on. */
const ALLOWED = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'ISC', 'MIT'];

interface Package {
  readonly name: string;
  readonly versionInfo: string;
  readonly licenseDeclared?: string;
}

/** Prints the licences of an SPDX list of packages on standard input, and ends with 1 where one is not allowed. */
const [project = { name: '' }, ...packages]: readonly Package[] = JSON.parse(readFileSync(0, 'utf8')).packages;
for (const { name, versionInfo, licenseDeclared = 'none' } of packages) {
  if (!ALLOWED.includes(licenseDeclared)) {
    process.stderr.write(
      `${name} ${versionInfo}: its licence ${licenseDeclared} is not allowed; allowed is ${ALLOWED.join(', ')}\n`,
    );
    process.exitCode = 1;
  }
}

const rows = packages
  .map(({ name, versionInfo, licenseDeclared }) => `| \`${name}\` | ${versionInfo} | ${licenseDeclared} |`)
  .toSorted();
process.stdout.write(`# Licences

The npm packages in the image of ${project.name}, as \`npm run licences\` lists them. Their texts are in the image, in
\`/app/node_modules\`; what the base image holds is in the image's own SPDX list. Allowed are ${ALLOWED.join(', ')}.

| package | version | licence |
|---|---|---|
${rows.join('\n')}
`);
