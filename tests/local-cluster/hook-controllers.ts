import type { Api } from '../cluster/support/api.ts';
import { list } from '../cluster/support/objects.ts';
import type { Manifest } from '../support/helm.ts';

/** A resource as Metacontroller's objects name it. */
export interface ResourceRule {
  readonly apiVersion: string;
  readonly resource: string;
}

/** A DecoratorController or CompositeController in one form. */
export interface HookController {
  readonly object: Manifest;
  readonly name: string;
  readonly type: 'decorator' | 'composite';
  readonly parents: readonly ResourceRule[];
  readonly children: readonly ResourceRule[];
  readonly syncUrl: string;
  /** A controller without related objects has none. */
  readonly customizeUrl: string | undefined;
}

interface Hook {
  readonly webhook: { readonly url: string };
}

interface Hooks {
  readonly sync: Hook;
  readonly customize?: Hook;
}

const GROUP = 'metacontroller.k8s.io/v1alpha1';

/** The controllers that the cluster has now. */
export async function hookControllers(api: Api): Promise<readonly HookController[]> {
  const [decorators, composites] = await Promise.all([
    list(api, GROUP, 'decoratorcontrollers'),
    list(api, GROUP, 'compositecontrollers'),
  ]);
  return [...decorators.map(ofDecorator), ...composites.map(ofComposite)];
}

function ofDecorator(object: Manifest): HookController {
  const { resources, attachments, hooks } = object['spec'] as {
    readonly resources: readonly ResourceRule[];
    readonly attachments: readonly ResourceRule[];
    readonly hooks: Hooks;
  };
  const { name } = object.metadata;
  return { object, name, type: 'decorator', parents: resources, children: attachments, ...urlsOf(hooks) };
}

function ofComposite(object: Manifest): HookController {
  const { parentResource, childResources, hooks } = object['spec'] as {
    readonly parentResource: ResourceRule;
    readonly childResources: readonly ResourceRule[];
    readonly hooks: Hooks;
  };
  const { name } = object.metadata;
  return {
    object,
    name,
    type: 'composite',
    parents: [parentResource],
    children: childResources,
    ...urlsOf(hooks),
  };
}

function urlsOf({ sync, customize }: Hooks): Pick<HookController, 'syncUrl' | 'customizeUrl'> {
  return { syncUrl: sync.webhook.url, customizeUrl: customize?.webhook.url };
}
