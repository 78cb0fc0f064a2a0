/** The colours of the picture and of the page, in the light and in the dark. */
const LIGHT = `--ground:#ffffff;--box:#ffffff;--edge:#d1d9e0;--text:#1f2328;--muted:#59636e;--line:#8c959f;--use:#b7bfc8;
--open:#fff3cd;--open-edge:#d4a72c;--open-text:#6b4400;--guarded:#ddf4e4;--guarded-edge:#7cc98f;--guarded-text:#0d5323;
--broken:#c0202b;--broken-ground:#fff5f5;--warning:#8a5a00;
--clients:#59636e;--gateway:#1f2328;--agent:#0b62d6;--tools:#0f7a80;--memory:#9a5b00;--model:#7a3fd1;--other:#59636e;`;
const DARK = `--ground:#0d1117;--box:#151b23;--edge:#3d444d;--text:#f0f6fc;--muted:#9da7b1;--line:#7d8590;--use:#4f5863;
--open:#3a2b06;--open-edge:#9e7a1a;--open-text:#f2cc60;--guarded:#0f2d1a;--guarded-edge:#2f7a45;--guarded-text:#7ee2a0;
--broken:#ff7b72;--broken-ground:#25171a;--warning:#e3b341;
--clients:#9da7b1;--gateway:#d1d7e0;--agent:#58a6ff;--tools:#39c5cf;--memory:#e3a04f;--model:#bc8cff;--other:#9da7b1;`;

/** The variables of the colours. Paper is light. */
export const COLOURS = `:root{color-scheme:light dark;${LIGHT}}
@media screen and (prefers-color-scheme:dark){:root{${DARK}}}`.replaceAll('\n', '');

export const DRAWING_STYLE = `
text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;fill:var(--text)}
.ground{fill:var(--ground)}
.box{fill:var(--box);stroke:var(--edge);stroke-width:1.25}
.caption{font-size:11px;fill:var(--muted)}
.name{font-size:14px;font-weight:600}
.address{font-family:ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:11px;fill:var(--muted)}
.state{font-size:11.5px;font-weight:600;fill:var(--muted)}
.warning .state{fill:var(--warning)}
.broken .state{fill:var(--broken)}
.broken .box{fill:var(--broken-ground);stroke:var(--broken);stroke-width:1.75;stroke-dasharray:6 4}
.badge{fill:var(--role);opacity:.14}
.icon{fill:none;stroke:var(--role);stroke-width:1.4;stroke-linecap:round;stroke-linejoin:round}
.clients{--role:var(--clients)}.gateway{--role:var(--gateway)}.agent{--role:var(--agent)}.tools{--role:var(--tools)}
.memory{--role:var(--memory)}.model{--role:var(--model)}.other{--role:var(--other)}
.access rect,.label rect{stroke-width:1}
.access text,.label text{font-size:11px;font-weight:600}
.access path{fill:none;stroke-width:1.3;stroke-linecap:round;stroke-linejoin:round}
.open rect{fill:var(--open);stroke:var(--open-edge)}.open text{fill:var(--open-text)}.open path{stroke:var(--open-text)}
.guarded rect{fill:var(--guarded);stroke:var(--guarded-edge)}.guarded text{fill:var(--guarded-text)}
.guarded path{stroke:var(--guarded-text)}
.refused rect{fill:var(--broken-ground);stroke:var(--broken)}.refused text{fill:var(--broken)}.refused path{stroke:var(--broken)}
.label.broken rect{fill:var(--broken-ground);stroke:var(--broken);stroke-dasharray:4 3}.label.broken text{fill:var(--broken)}
.line{fill:none;stroke:var(--line);stroke-width:1.5}
.line.use{stroke:var(--use)}
.line.broken{stroke:var(--broken);stroke-dasharray:6 4}
.tip{fill:var(--line)}.tip.broken{fill:var(--broken)}
`.replaceAll('\n', '');

export const SVG_STYLE = `${COLOURS}${DRAWING_STYLE}`;
