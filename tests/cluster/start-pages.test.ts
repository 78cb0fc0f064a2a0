import { describe, expect, it } from 'vitest';
import { pastedCommands, START_PAGES } from '../support/documents.ts';
import { KUBECTL_NEED } from '../support/kubectl.ts';
import { needing } from '../support/needing.ts';
import { AGENT_NEEDS } from './support/agent-runtime.ts';
import { follow } from './support/followed-page.ts';
import { SUBSTITUTIONS } from './support/substitutions.ts';

/** Follows the pages from an empty cluster to the first call. */
const NEEDS = {
  'docs/start-agent-gateway.md': [KUBECTL_NEED],
  'docs/start-kaos-without-operator.md': [KUBECTL_NEED, ...AGENT_NEEDS],
  'docs/start-kaos.md': [KUBECTL_NEED, ...AGENT_NEEDS],
};

describe('the pages', () => {
  it('are all followed', () => {
    expect(START_PAGES).toEqual(Object.keys(NEEDS));
  });

  it('use each substitution', () => {
    const commands = START_PAGES.flatMap(pastedCommands);
    const unused = SUBSTITUTIONS.filter(({ command }) => !commands.some((each) => command.test(each)));
    expect(unused).toEqual([]);
  });
});

for (const [page, needs] of Object.entries(NEEDS)) {
  needing(...needs).it(`${page} leads from an empty cluster to an answer`, { timeout: 600_000 }, async () => {
    const printed = await follow(page);
    expect(printed).toHaveLength(pastedCommands(page).length);
    expect(printed.at(-1)).toContain('Hello from an agent');
  });
}
