import type { CommandOutput, Terminal } from '../verb.ts';
import { evaluate, type Input, readDocuments } from './evaluate.ts';
import { originIn } from './origin.ts';
import { type Output, print } from './output.ts';
import { placeFinder, placeText } from './places.ts';
import type { Remark } from './remark.ts';
import { exitCode, remarkLines } from './remarks.ts';
import type { SourceText } from './sources.ts';

/** How to print what becomes of the documents. */
interface RenderForm {
  readonly output: Output;
  /** Whether any remark is a reason to exit with 1. */
  readonly strict: boolean;
  readonly terminal: Terminal;
}

/** Prints the children of all documents, and the remarks about them on standard error. */
export function render(input: Input, { output, strict, terminal }: RenderForm): CommandOutput {
  const { answers, remarks, texts } = evaluate(input, readDocuments(input));
  return {
    code: exitCode(remarks, strict),
    stdout: print(answers, output, terminal.width),
    stderr: remarkLines(remarks.map(placed(texts)), terminal.errorsHaveColours),
  };
}

/** Puts the file, the line and the column of the field in front, instead of the number of the document. */
function placed(texts: readonly SourceText[]): (remark: Remark) => Remark {
  const find = placeFinder(texts);
  return (remark) => {
    const isOfDocument = remark.level !== 'problem' && originIn(remark.about) !== undefined;
    const place = isOfDocument ? find({ origin: remark.about, field: remark.field }) : undefined;
    return place === undefined ? remark : { ...remark, about: placeText(place) };
  };
}
