/**
 * A `krakend.json` as JSON, two spaces a level. What is not JSON stands at its place as a member: the calls of templates, with their
 * arguments, and the one block, cut into lines. Undefined for a text that this form cannot give back to the letter.
 */
export function readableKrakend(krakendJson: string): string | undefined {
  const readable = laidOut(krakendJson);
  return readable !== undefined && compact(readable) === krakendJson ? readable : undefined;
}

const BLOCK = /^(.*?)(\{\{.*\{\{ end \}\})(.*)$/s;
/** Before each action of the template that follows another, and before what it writes. */
const LINES = /(?<=\}\})(?=\{\{|,")/;

const CALL = /\{\{template "([\w-]+)"(?: "([^"]*)")?\}\}/g;
const CALL_MEMBER = /"\(template ([\w-]+)\)":"([^"]*)"/g;

function laidOut(krakendJson: string): string | undefined {
  const withMembers = krakendJson.replaceAll(CALL, (_, name, argument = '') => `"(template ${name})":"${argument}"`);
  const [, head, block, tail] = BLOCK.exec(withMembers) ?? [];
  const lines = block && withCalls(block).split(LINES);
  const json = lines ? `${head},"(template block)":${JSON.stringify(lines)}${tail}` : withMembers;
  try {
    return `${JSON.stringify(JSON.parse(json), null, 2)}\n`;
  } catch {
    return undefined;
  }
}

const MEMBER = /,"\(template block\)":(\["(?:[^"\\]|\\.|",")*"\])/;

/** The other way round: in values `{{` is written as escapes. */
function compact(readable: string): string {
  const [head = '', lines = '[]', tail = ''] = JSON.stringify(JSON.parse(readable)).split(MEMBER);
  const [before, after] = [head, tail].map((json) => withCalls(json.replaceAll('{{', '\\u007b\\u007b')));
  return `${before}${JSON.parse(lines).join('')}${after}`;
}

function withCalls(json: string): string {
  return json.replaceAll(CALL_MEMBER, (_, name, argument) =>
    argument === '' ? `{{template "${name}"}}` : `{{template "${name}" "${argument}"}}`,
  );
}
