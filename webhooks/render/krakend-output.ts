import type { DesiredObject } from '../../controllers/contract.ts';
import { Type, Value } from '../../controllers/typebox.ts';
import { readableKrakend } from '../evaluate/krakend-text.ts';

const ConfigMap = Type.Object({ kind: Type.Literal('ConfigMap'), data: Type.Record(Type.String(), Type.String()) });

/** The files of a gateway's configuration. Settings files are in ConfigMaps of their own. */
const FILES = ['krakend.json', 'agents.json'];

/** The configuration of all gateways as one JSON object: ConfigMap, file, content. Empty if there is no gateway. */
export function krakendFilesIn(children: readonly DesiredObject[]): string {
  const entries = children.flatMap((child) => {
    const data = Value.Check(ConfigMap, child) ? child.data : {};
    const files = Object.entries(data).filter(([file]) => FILES.includes(file));
    const { namespace, name } = child.metadata;
    return files.length === 0 ? [] : [[`${namespace}/${name}`, contentsOf(files)] as const];
  });
  return entries.length === 0 ? '' : `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`;
}

/** A text that cannot be laid out stays as it is. */
function contentsOf(files: readonly (readonly [string, string])[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    files.map(([file, text]) => {
      const readable = readableKrakend(text);
      return [file, readable === undefined ? text : JSON.parse(readable)];
    }),
  );
}
