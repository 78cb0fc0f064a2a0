import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Controller } from '../../controllers/contract.ts';
import { controllers } from '../../controllers/registry.ts';
import { findFixtures } from '../../webhooks/fixtures/fixture-files.ts';
import { recordings } from '../support/recordings.ts';
import { ROOT } from '../support/run.ts';

/** A hook of the service, and valid bodies for it. */
export interface Hook {
  /** `kaos-routes/sync` */
  readonly name: string;
  readonly controller: Controller;
  readonly kind: 'sync' | 'customize';
  readonly bodies: readonly string[];
}

const FIXTURES = path.join(ROOT, 'tests/fixtures');

/** All hooks of all controllers, with the bodies of fixtures and of recorded calls for them. */
export function allHooks(): readonly Hook[] {
  const known = [...fixtureBodies(), ...recordedBodies()];
  const hooks = controllers.flatMap((controller) => [
    { name: `${controller.name}/sync`, controller, kind: 'sync' as const },
    ...(controller.customize ? [{ name: `${controller.name}/customize`, controller, kind: 'customize' as const }] : []),
  ]);
  return hooks.map((hook) => {
    const own = known.filter(({ name }) => name === hook.name).map(({ body }) => body);
    return { ...hook, bodies: own.length > 0 ? own : customizeOf(hook.controller, known) };
  });
}

interface Known {
  readonly name: string;
  readonly body: string;
}

function fixtureBodies(): readonly Known[] {
  return findFixtures(FIXTURES).fixtures.map(({ controller, hook, requestFile }) => ({
    name: `${controller}/${hook}`,
    body: JSON.stringify(JSON.parse(readFileSync(requestFile, 'utf8'))),
  }));
}

/** Each recorded call is one for all controllers of its type that have its kind of parent. */
function recordedBodies(): readonly Known[] {
  return recordings(/\.json$/).flatMap(({ name, body }) => {
    const [type, hook, kind] = name.split('-');
    const fitting = controllers.filter(
      (controller) =>
        controller.type === type && controller.parents.some((parent) => parent.kind.toLowerCase() === kind),
    );
    return fitting.map((controller) => ({ name: `${controller.name}/${hook}`, body: JSON.stringify(body) }));
  });
}

/** A hook without recorded calls gets the parents of the controller's syncs. */
function customizeOf(controller: Controller, known: readonly Known[]): readonly string[] {
  return known
    .filter(({ name }) => name === `${controller.name}/sync`)
    .map(({ body }) => {
      const { object, parent = object } = JSON.parse(body);
      return JSON.stringify({ controller: {}, parent });
    });
}
