import type { Controller } from '../../controllers/contract.ts';

/** A hook of a controller. */
export interface Hook {
  readonly controller: Controller;
  readonly hook: 'sync' | 'customize';
}

/** All hooks of these controllers. */
function hooksOf(controllers: readonly Controller[]): readonly Hook[] {
  return controllers.flatMap((controller) => [
    { controller, hook: 'sync' } as const,
    ...(controller.customize ? [{ controller, hook: 'customize' } as const] : []),
  ]);
}

/** The name of a hook, which is also the path of its URL: `kaos-routes/sync`. */
export function hookName({ controller, hook }: Hook): string {
  return `${controller.name}/${hook}`;
}

/** The names of all hooks. */
export function hookNames(controllers: readonly Controller[]): readonly string[] {
  return hooksOf(controllers).map(hookName);
}

/** The hook with a name; undefined if there is none. */
export function hookNamed(name: string, controllers: readonly Controller[]): Hook | undefined {
  return hooksOf(controllers).find((hook) => hookName(hook) === name);
}
