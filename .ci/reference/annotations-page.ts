import { SETTABLE, WRITTEN, WRITTEN_MEANINGS } from '../../controllers/engine/own-annotations.ts';
import { code, type Page, page, prose, table } from './markdown.ts';

/** The annotations that users set, and those that this service writes. */
export function annotationsPage(): Page {
  const settable = Object.values(SETTABLE).map(({ name, on, allowed, description }) => [
    code(name),
    on.map((kind) => code(kind)).join(', '),
    prose(allowed),
    prose(description),
  ]);
  const written = Object.entries(WRITTEN_MEANINGS).map(([key, meaning]) => [
    code(WRITTEN[key as keyof typeof WRITTEN]),
    prose(meaning),
  ]);
  return page('annotations.md', 'Annotations', [
    `Any other annotation with the prefix of this service has no effect. On an AgentGateway and on a KAOS resource it is
reported as a problem, \`UnknownAnnotation\`.`,
    `## Annotations that you set\n\n${table(['annotation', 'on', 'allowed', 'what it sets'], settable)}`,
    `## Annotations that the service writes\n\nDo not set them: the service overwrites them.\n\n${table(
      ['annotation', 'what it says'],
      written,
    )}`,
  ]);
}
