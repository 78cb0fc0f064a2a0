import { evaluate, type Input, readDocuments } from '../evaluate/evaluate.ts';
import { placed } from '../evaluate/placed-remark.ts';
import { exitCode, remarkLines } from '../evaluate/remarks.ts';
import type { CommandOutput, Terminal } from '../verb.ts';
import { type Output, print } from './output.ts';

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
