import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { controllers } from '../controllers/registry.ts';
import { findFixtures } from '../webhooks/fixtures/fixture-files.ts';
import * as library from '../webhooks/library/library.ts';
import type { Options } from '../webhooks/library/types.ts';
import { hookNames } from '../webhooks/wire/hook-names.ts';
import { recordedBody } from './support/recordings.ts';
import { AGENT, MODEL } from './support/rendering.ts';
import { ROOT } from './support/run.ts';

const NEW = recordedBody('decorator-sync-agent-research.helper-new');
/** As JavaScript without types calls. */
const sync = library.syncKaosRoutes as (
  request: unknown,
  options?: unknown,
) => ReturnType<typeof library.syncKaosRoutes>;

describe('the library', () => {
  it('answers all fixtures as they say', () => {
    const { fixtures } = findFixtures(path.join(ROOT, 'tests/fixtures'));
    const read = (file: string) => JSON.parse(readFileSync(file, 'utf8'));
    const wrong = fixtures.filter(({ controller, hook, requestFile, responseFile, settingsFile }) => {
      const settings = settingsFile === undefined ? {} : read(settingsFile);
      const answer = library.answerHook(`${controller}/${hook}` as library.HookName, read(requestFile), {
        settings: { AGENT_ROUTES_ENABLED: 'false', KAOS_RUNTIME_ENABLED: 'false', ...settings },
      });
      return answer.outcome === 'refused' || JSON.stringify(answer.response) !== JSON.stringify(read(responseFile));
    });
    expect(wrong.map(({ name }) => name)).toEqual([]);
    expect(new Set(fixtures.map(({ controller, hook }) => `${controller}/${hook}`))).toEqual(
      new Set(hookNames(controllers)),
    );
  });

  it.each<[string, unknown, unknown, string]>([
    ['null', null, {}, 'body: expected object'],
    ['a body without fields', {}, {}, 'controller: is required'],
    [
      'a parent of another kind',
      { ...NEW, object: { kind: 'Pod', apiVersion: 'v1' } },
      {},
      'object.kind: expected one of ',
    ],
    [
      'an unknown setting',
      NEW,
      { settings: { GATWAY_NAME: 'x' } },
      'settings: "GATWAY_NAME": expected the name of a setting with a string value',
    ],
    ['a number as setting', NEW, { settings: { GATEWAY_NAME: 1 } }, 'settings: "GATEWAY_NAME": expected'],
    ['settings that are a list', NEW, { settings: [] }, 'settings: expected an object with settings by their names'],
    ['settings that are a text', NEW, { settings: 'x' }, 'settings: expected an object'],
    [
      'a value that is not valid',
      NEW,
      { settings: { GATEWAY_NAME: 'A B' } },
      'GATEWAY_NAME: "A B" is not valid; expected',
    ],
    ['access rules that are none', NEW, { accessRules: 'all' }, 'accessRules: expected an object'],
    ['access rules that are not valid', NEW, { accessRules: { rules: [{ mach: {} }] } }, 'rules'],
    ['a time that is none', NEW, { now: 'now' }, 'now: expected a time such as'],
  ])('refuses %s and throws nothing', (_what, request, options, why) => {
    expect(sync(request, options)).toEqual({ outcome: 'refused', why: expect.stringContaining(why) });
  });

  it('refuses a hook that does not exist', () => {
    expect(library.answerHook('x' as library.HookName, NEW)).toEqual({
      outcome: 'refused',
      why: expect.stringMatching(/^"x" is not a hook; expected one of kaos-routes\/sync, /),
    });
  });

  it('refuses what only JavaScript without types can pass', () => {
    expect(sync(NEW, null)).toEqual({ outcome: 'refused', why: 'options: expected an object' });
    expect(library.answerHook(null as never, NEW)).toMatchObject({ outcome: 'refused' });
    const within: Record<string, unknown> = {};
    within['spec'] = within;
    for (const document of [within, { a: 1n }]) {
      expect(library.render([document])).toMatchObject({
        outcome: 'refused',
        why: expect.stringMatching(/^documents: expected/),
      });
    }
  });

  it('answers with settings and access rules', () => {
    const options: Options = {
      settings: { GATEWAY_HOSTNAMES: 'agents.example.com' },
      accessRules: { rules: [{ match: { namespaces: ['research'] }, deny: true }] },
    };
    const open = sync(NEW, { settings: options.settings });
    expect(JSON.stringify(open)).toContain('"hostnames":["agents.example.com"]');
    expect(sync(NEW, options)).toMatchObject({ outcome: 'answered', response: { attachments: [] } });
  });

  it('renders and checks documents as texts and objects', () => {
    const names = (rendering: ReturnType<typeof library.render>) =>
      rendering.outcome === 'rendered' ? rendering.objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`) : [];
    const model = { ...MODEL, metadata: { ...MODEL.metadata, namespace: 'n' } };
    expect(names(library.render([AGENT, model]))).toEqual(['HTTPRoute agent-a', 'HTTPRoute modelapi-m']);
    expect(
      names(library.render(`${JSON.stringify(AGENT)}\n---\n${JSON.stringify(model)}`, { kaosRuntime: true })),
    ).toContain('Deployment modelapi-m');
    const checking = library.check([{ ...AGENT, spec: { ...AGENT.spec, modle: 1 } }, model]);
    const rules =
      checking.outcome === 'checked' ? checking.findings.map(({ object, rule }) => `${object}: ${rule}`) : [];
    expect(rules).toContain('Agent n/a: InvalidField');
    expect(rules).toContain('Agent n/a: ModelNotSupported');
    expect(library.check(3 as unknown as string)).toEqual({
      outcome: 'refused',
      why: 'documents: expected a text in YAML or JSON, or a list of objects',
    });
    expect(library.render([], { now: '' })).toMatchObject({ outcome: 'refused' });
  });
});
