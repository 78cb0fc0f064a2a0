import type { Call } from './bodies.ts';

type Container = Record<string, unknown> | unknown[];

/** The call with a smaller body that is still wrong: without the members and items that do not matter. A body that is not JSON stays. */
export async function minimised(call: Call, isWrong: (call: Call) => Promise<boolean>): Promise<Call> {
  const root = parsed(call.body);
  const withRoot = () => ({ ...call, body: Buffer.from(JSON.stringify(root)) });
  if (root === undefined || !(await isWrong(withRoot()))) {
    return call;
  }
  const waiting: unknown[] = [root];
  for (let container = waiting.shift(); container !== undefined; container = waiting.shift()) {
    if (typeof container === 'object' && container !== null) {
      await removeFrom(container as Container, async () => isWrong(withRoot()));
      waiting.push(...Object.values(container));
    }
  }
  return withRoot();
}

/** Removes each member in turn, and puts it back if the answer is right without it. */
async function removeFrom(container: Container, isStillWrong: () => Promise<boolean>): Promise<void> {
  for (const key of Object.keys(container).reverse()) {
    const before = Array.isArray(container) ? [...container] : { ...container };
    if (Array.isArray(container)) {
      container.splice(Number(key), 1);
    } else {
      delete container[key];
    }
    if (!(await isStillWrong())) {
      for (const name of Object.keys(container)) {
        Reflect.deleteProperty(container, name);
      }
      Object.assign(container, before);
    }
  }
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
