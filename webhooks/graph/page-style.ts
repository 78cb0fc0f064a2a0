import { COLOURS, DRAWING_STYLE } from './svg-style.ts';

const PAGE = `
*{box-sizing:border-box}
body{margin:0;padding:24px;background:var(--ground);color:var(--text);font:14px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
h1{margin:0;font-size:24px;line-height:1.25}
h2{margin:28px 0 8px;font-size:17px}
p{margin:4px 0 12px;color:var(--muted);max-width:110ch}
a{color:var(--agent)}
code,kbd{font-family:ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:12.5px}
kbd{padding:0 4px;border:1px solid var(--edge);border-radius:4px;background:var(--box)}
:focus-visible{outline:3px solid var(--agent);outline-offset:2px;border-radius:4px}
.skip{position:absolute;left:-999px}
.skip:focus{position:static}
form{display:none;flex-wrap:wrap;gap:8px 16px;align-items:center;margin:12px 0}
.scripted form{display:flex}
input[type=search],select{font:inherit;color:inherit;background:var(--box);border:1px solid var(--line);border-radius:6px;padding:5px 9px}
input[type=search]{min-width:260px}
.legend{display:flex;flex-wrap:wrap;gap:6px 18px;padding:0;margin:0 0 10px;list-style:none;color:var(--muted)}
.scroll{overflow:auto;border:1px solid var(--edge);border-radius:10px;background:var(--ground)}
#picture{display:block;margin:0 auto;max-width:100%;height:auto}
a.node{text-decoration:none}
a.node:focus{outline:none}
a.node:focus .box{stroke:var(--agent);stroke-width:3.5}
a.node:hover .box{stroke:var(--role)}
.lighted .node:not(.lit),.lighted .line:not(.lit),.lighted .label:not(.lit){opacity:.3}
.lighted .line.lit{stroke-width:2.5}
#picture .off{opacity:.12}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%}
caption{text-align:left;color:var(--muted);padding-bottom:6px}
th,td{text-align:left;vertical-align:top;padding:7px 12px;border-top:1px solid var(--edge)}
thead th{position:sticky;top:0;background:var(--ground);white-space:nowrap}
thead button{all:unset;cursor:pointer;font-weight:600}
thead button:focus-visible{outline:3px solid var(--agent);outline-offset:2px}
thead th[aria-sort=ascending] button::after{content:" \\25B2"}
thead th[aria-sort=descending] button::after{content:" \\25BC"}
tbody th{font-weight:600}
tbody:target,tbody:focus-within{background:var(--box);box-shadow:inset 3px 0 0 var(--agent)}
tbody[data-level=broken]{box-shadow:inset 3px 0 0 var(--broken)}
td ul{margin:0;padding:0;list-style:none}
td .broken{color:var(--broken)}
td .warning{color:var(--warning)}
span.access{display:inline-block;padding:0 8px;border-radius:10px;border:1px solid;font-size:12px;font-weight:600;white-space:nowrap}
span.access.open{background:var(--open);border-color:var(--open-edge);color:var(--open-text)}
span.access.guarded{background:var(--guarded);border-color:var(--guarded-edge);color:var(--guarded-text)}
span.access.refused{background:var(--broken-ground);border-color:var(--broken);color:var(--broken)}
td code{white-space:nowrap}
@media print{
body{padding:0}
form,.hint,.skip{display:none!important}
.scroll{border:0;overflow:visible}
#picture{min-width:0!important}
thead{display:table-header-group}thead th{position:static}
tbody,tr{break-inside:avoid}
.wide{overflow:visible}
table,td code,span.access{font-size:10px}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}
`;

export const PAGE_STYLE = `${COLOURS}${DRAWING_STYLE}${PAGE.replaceAll('\n', '')}`;
