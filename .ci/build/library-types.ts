import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { controllers } from '../../controllers/registry.ts';
import type { TSchema } from '../../controllers/typebox.ts';
import { isSettingFlag } from '../../webhooks/evaluate/setting-flags.ts';
import { Environment, variableNames } from '../../webhooks/settings/environment.ts';

const FOLDER = 'webhooks/library';
/** The library's own types, and then its functions. */
const FILES = ['types', 'library'];

/** Declarations of one file need none of another file or package. */
const IMPORTS = /^import type \{[^}]*\} from '[^']*';\n/gm;

/**
 * The declarations of the library as one file, which needs no other file and no package: its types are plain. That of the settings is made from
 * the descriptions of the variables.
 */
export function libraryTypes(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'types-'));
  try {
    const flags = ['--project', '.ci/build/tsconfig.json', '--outDir', folder];
    execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', ...flags], { stdio: 'inherit' });
    const declared = FILES.map((name) => readFileSync(path.join(folder, FOLDER, `${name}.d.ts`), 'utf8'));
    const text = [settingVariables(), ...declared].map((each) => each.replaceAll(IMPORTS, '')).join('\n');
    if (/\b(import|from)\b\s*[("']/.test(text)) {
      throw new Error('the types of the library need another file: declare them in webhooks/library/types.ts');
    }
    return text;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The variables that change answers. */
const SETTINGS = variableNames.filter(
  (name) => isSettingFlag(name) || controllers.some(({ onDemand }) => name in (onDemand?.variables ?? {})),
);

function settingVariables(): string {
  const fields = SETTINGS.map((name) => {
    const { description, default: byDefault }: TSchema = Environment.properties[name];
    const preset = byDefault === undefined ? '' : ` By default ${JSON.stringify(String(byDefault))}.`;
    return `  /** ${`${description}${preset}`.replaceAll('*/', '*\\/')} */\n  readonly ${name}?: string;\n`;
  });
  return `/** Settings by the names of environment variables: docs/reference/settings.md. */\nexport interface SettingVariables {\n${fields.join('')}}\n`;
}
