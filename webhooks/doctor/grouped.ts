import type { Finding } from './finding.ts';
import { shellText } from './shell.ts';

/** More commands than this are for a loop of one's own. */
const MOST_COMMANDS = 5;

/**
 * Findings that say the same of many objects become one, with the first object, the number of the others, and the commands for some of
 * them. A message that has the name of its object counts as the same.
 */
export function groupedFindings(findings: readonly Finding[]): readonly Finding[] {
  const groups = Map.groupBy(findings, keyOf);
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (first === undefined || others.length === 0) {
      return first ?? [];
    }
    const all = [first, ...others].flatMap(({ mend }) => mend);
    const once = [...new Map(all.map((command) => [shellText(command), command])).values()];
    return { ...first, object: `${first.object} and ${others.length} more`, mend: once.slice(0, MOST_COMMANDS) };
  });
}

function keyOf({ object, severity, seen, expected }: Finding): string {
  const [kind = '', name = ''] = object.split(' ');
  const [namespace = '', short = ''] = name.split('/');
  const own = [name, short, namespace].filter((text) => text !== '');
  const same = own.reduce((text, each) => text.replaceAll(each, '…'), seen).replaceAll(/\d+/g, '0');
  return JSON.stringify([kind, severity, same, expected]);
}
