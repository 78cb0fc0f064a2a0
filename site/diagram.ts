import { renderMermaidSVG } from 'beautiful-mermaid';

/** The style of a diagram in the colours of the page, so that it is right in the light and in the dark. */
const COLOURS = {
  bg: 'var(--vp-c-bg)',
  fg: 'var(--vp-c-text-1)',
  muted: 'var(--vp-c-text-2)',
  line: 'var(--vp-c-text-3)',
  accent: 'var(--vp-c-brand-1)',
  surface: 'var(--vp-c-bg-soft)',
  border: 'var(--vp-c-border)',
  font: 'inherit',
  transparent: true,
  padding: 8,
  layerSpacing: 28,
};

/** A Mermaid text as SVG. No browser draws it. Throws if a label of the text is not in the picture. */
export function diagram(text: string): string {
  const svg = withoutStyleSheet(renderMermaidSVG(text, COLOURS));
  const drawn = svg.replaceAll(/<[^>]*>/g, ' ');
  const lost = labelsOf(text).filter((label) => !drawn.includes(label));
  if (lost.length > 0) {
    throw new Error(`a diagram lacks ${lost.join(', ')}: define each node before the arrows that use it`);
  }
  return svg;
}

/**
 * Moves the variables of the style sheet to the element itself, and drops the rest, which would load a font from another host. Vue drops
 * a style sheet in a page, and then the last node of the picture.
 */
function withoutStyleSheet(svg: string): string {
  const [sheet = ''] = /<style>.*?<\/style>/s.exec(svg) ?? [];
  const variables = [...sheet.matchAll(/--_[\w-]+:[^;]+;/g)].map(([declaration]) =>
    declaration.replaceAll(/\s+/g, ' '),
  );
  return svg.replace(sheet, '').replace(' style="', ` style="${variables.join('')}`);
}

/** The lines of all quoted labels, as the picture escapes them. */
function labelsOf(text: string): readonly string[] {
  return [...text.matchAll(/"([^"]*)"/g)]
    .flatMap(([, label = '']) => label.split(/<br\/?>/))
    .map((line) => line.trim().replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'));
}
