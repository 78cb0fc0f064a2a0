import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { controllers } from '../../controllers/registry.ts';
import { filesIn } from '../../webhooks/evaluate/files.ts';
import { readDocument } from '../support/documents.ts';
import { ROOT } from '../support/run.ts';
import { testService } from '../support/service.ts';

const FIXTURES = path.join(ROOT, 'tests/fixtures');
const document = JSON.parse(readDocument('docs/reference/openapi.json'));
const ajv = new Ajv2020({ strict: true, allErrors: true });

/** The schema of a request or of the answer of a hook, in the document. */
function check(hook: string, part: 'request' | 'response') {
  const { requestBody, responses } = document.paths[hook].post;
  return ajv.compile((part === 'request' ? requestBody : responses[200]).content['application/json'].schema);
}

describe('docs/reference/openapi.json', () => {
  it('is OpenAPI 3.1', async () => {
    expect(document.openapi).toBe('3.1.0');
    const validator = new Validator();
    expect(await validator.validate(document)).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
  });

  it('is refused by the validator if a part is wrong', async () => {
    const { paths, ...others } = document;
    const broken = { ...others, paths: { ...paths, '/x': { post: { responses: { 200: {} } } } } };
    expect((await new Validator().validate(broken)).valid).toBe(false);
  });

  it('has the hooks that the server has, and the server does not serve it', async () => {
    const { hooks } = testService();
    const urls = controllers.flatMap(({ name }) => [`/${name}/sync`, `/${name}/customize`]);
    expect(Object.keys(document.paths).sort()).toEqual(
      urls.filter((url) => hooks.hasRoute({ method: 'POST', url })).sort(),
    );
    expect((await hooks.inject('/documentation/json')).statusCode).toBe(404);
  });

  const hooks = Object.keys(document.paths).map((url) => url.slice(1).split('/'));
  it.each(hooks)('describes the requests and the answers of the fixtures of %s/%s', (controller, hook) => {
    const files = filesIn(path.join(FIXTURES, String(controller))).filter((file) => file.includes(`.${hook}.re`));
    for (const part of ['request', 'response'] as const) {
      const isDescribed = check(`/${controller}/${hook}`, part);
      const ofPart = files.filter((file) => file.endsWith(`.${part}.json`));
      const unlike = ofPart.filter((file) => !isDescribed(JSON.parse(readFileSync(file, 'utf8'))));
      expect(ofPart.length).toBeGreaterThan(0);
      expect(unlike).toEqual([]);
    }
  });
});
