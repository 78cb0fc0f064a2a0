import { readFileSync } from 'node:fs';

/** Licences that require only attribution, so that anyone may distribute an image with these packages. */
const ALLOWED = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'ISC', 'MIT'];

interface Package {
  readonly name: string;
  readonly versionInfo: string;
  readonly licenseDeclared?: string;
}

/** Reads an SPDX list of packages from standard input and prints their licences. Exits with 1 if one is not allowed. */
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

The npm packages in the image of ${project.name}, as \`npm run licences\` lists them. Each program of the image is one file with
what it uses of them. The licence texts are in the image, in \`/app/build/licences.txt\`. The image's own SPDX list covers the base image.
Allowed licences are ${ALLOWED.join(', ')}.

| package | version | licence |
|---|---|---|
${rows.join('\n')}
`);
