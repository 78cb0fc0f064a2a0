import type { Controller } from '../../controllers/contract.ts';
import { isPlainObject } from '../../controllers/data/plain-object.ts';
import { quote } from '../../controllers/data/quote.ts';
import { type Hook, hookNamed } from '../wire/hook-names.ts';
import { SYNC_FORMS } from '../wire/sync-forms.ts';
import type { RecordedCall } from './recorded-calls.ts';

/** The hook that a call is for, or why it is not known. */
type HookReading = ({ readonly outcome: 'found' } & Hook) | { readonly outcome: 'unknown'; readonly why: string };

/**
 * The hook that a call is for. The URL says it, then the name of Metacontroller's object, which a release or another service may have changed,
 * and then the kind of the parent, if one controller alone has it.
 */
export function calledHook({ body, url }: RecordedCall, controllers: readonly Controller[]): HookReading {
  const hook = 'finalizing' in body ? 'sync' : 'customize';
  const type = typeOf(body);
  const named = hookNamed(pathOf(url), controllers) ?? hookNamed(`${nameOf(body)}/${hook}`, controllers);
  if (named !== undefined) {
    return { outcome: 'found', ...named };
  }
  const parent = parentOf(body);
  const fitting = controllers.filter((each) => each.type === type && isParent(each, parent));
  const [controller, second] = fitting;
  if (controller !== undefined && second === undefined) {
    return { outcome: 'found', controller, hook };
  }
  const choices = (fitting.length > 0 ? fitting : controllers).map(({ name }) => `${name}/${hook}`).join(', ');
  const name = nameOf(body);
  const what = fitting.length > 0 ? 'several hooks take' : 'no hook takes';
  return {
    outcome: 'unknown',
    why: `${what} a call${name && ` of ${quote(name)}`} for ${kindOf(parent)}; expected --hook with one of ${choices}`,
  };
}

/** The parent in a body of either form and hook. */
export function parentOf(body: RecordedCall['body']): unknown {
  return body['object'] ?? body['parent'];
}

/** The last two steps of a URL: `kaos-routes/sync`. */
function pathOf(url: string | undefined): string {
  const path = url !== undefined && URL.canParse(url) ? new URL(url).pathname : '';
  return path.split('/').slice(-2).join('/');
}

function nameOf({ controller }: RecordedCall['body']): string {
  const metadata = isPlainObject(controller) ? controller['metadata'] : undefined;
  const name = isPlainObject(metadata) ? metadata['name'] : undefined;
  return typeof name === 'string' ? name : '';
}

function typeOf({ controller }: RecordedCall['body']): Controller['type'] | undefined {
  const kind = isPlainObject(controller) ? controller['kind'] : undefined;
  return (['decorator', 'composite'] as const).find((type) => SYNC_FORMS[type].engineKind === kind);
}

function isParent({ parents }: Controller, parent: unknown): boolean {
  return (
    isPlainObject(parent) &&
    parents.some(({ kind, apiVersion }) => kind === parent['kind'] && apiVersion === parent['apiVersion'])
  );
}

function kindOf(parent: unknown): string {
  const kind = isPlainObject(parent) ? parent['kind'] : undefined;
  return typeof kind === 'string' ? quote(kind) : 'an unknown kind';
}
