/** In a shadow root: nothing of the app's styles gets in but its colour scheme and writing direction, and nothing gets out. */
export const overlayCss = `
:host{all:initial;color-scheme:inherit;position:fixed;z-index:2147483000;inset-block-end:var(--evenkeel-overlay-block-end,0px);inset-inline:0;pointer-events:none;
font:13px/20px system-ui,sans-serif;font-variant-numeric:tabular-nums;
--back:light-dark(#fff,#161b22);--raised:light-dark(#f4f6f8,#1f262e);--ink:light-dark(#1b1f24,#e6edf3);--soft:light-dark(#57606a,#a2acb8);--line:light-dark(#d5dae0,#363e48);
--accent:light-dark(#0b5cad,#79b8ff);--on-accent:light-dark(#fff,#0d1117);--near:light-dark(#855300,#eab54a);--over:light-dark(#b3261e,#ff9489);--level:light-dark(#2b4a8c,#8fb1ee)}
*,*::before,*::after{box-sizing:border-box}
[hidden]{display:none!important}
h2,p,ol,ul,dl,dd,fieldset{margin:0;padding:0;border:0}
ol,ul{list-style:none}
h2{font-size:13px;font-weight:600}
button,select,input{font:inherit;color:inherit}
:focus-visible{outline:2px solid var(--accent);outline-offset:1px}
.soft{color:var(--soft)}
.visually-hidden{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.tab{pointer-events:auto;position:absolute;inset-block-end:0;inset-inline-start:16px;display:flex;align-items:center;gap:8px;min-block-size:28px;padding-block:0;padding-inline:12px;border:1px solid var(--line);border-block-end:0;border-radius:6px 6px 0 0;background:var(--back);color:var(--ink);cursor:pointer;box-shadow:0 0 8px rgb(0 0 0/.16)}
.tab:hover{background:var(--raised)}
.pill{display:inline-block;padding-inline:6px;border:1px dashed currentColor;border-radius:10px;color:var(--accent);font-size:12px;line-height:18px;white-space:nowrap}
.drawer{pointer-events:auto;display:flex;flex-direction:column;block-size:min(420px,60vh);border-block-start:1px solid var(--line);background:var(--back);color:var(--ink);box-shadow:0 0 24px rgb(0 0 0/.2);outline:none}
.head{display:flex;align-items:center;gap:8px 12px;padding:8px 16px;border-block-end:1px solid var(--line)}
.head p{flex:1;min-inline-size:0;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.button{min-block-size:28px;padding:0 10px;border:1px solid var(--line);border-radius:6px;background:var(--back);cursor:pointer;white-space:nowrap}
.button:hover:not(:disabled){background:var(--raised)}
.button-accent{border-color:transparent;background:var(--accent);color:var(--on-accent);font-weight:600}
.button-accent:hover:not(:disabled){background:color-mix(in srgb,var(--accent) 88%,var(--ink))}
.button:disabled{opacity:.5;cursor:default}
.rooms{flex:1;min-block-size:0;display:grid;grid-template-columns:304px minmax(0,1fr)}
.force{display:flex;flex-direction:column;gap:12px;padding:12px 16px;overflow:auto;border-inline-end:1px solid var(--line);background:var(--raised)}
.form{display:grid;grid-template-columns:76px minmax(0,1fr);align-items:center;gap:8px}
.form select{min-block-size:28px;min-inline-size:0;inline-size:100%;padding:0 4px;border:1px solid var(--line);border-radius:6px;background:var(--back)}
.form select:disabled{opacity:.5}
.until{grid-column:1/-1;display:grid;grid-template-columns:76px minmax(0,1fr);column-gap:8px}
.until legend{float:inline-start;padding:0;grid-row:1/span 2;line-height:24px}
.until label{grid-column:2}
.until label{display:inline-flex;align-items:center;gap:6px;min-block-size:24px;cursor:pointer}
.until input{margin:0;accent-color:var(--accent)}
.form>.meaning,.form>.button{grid-column:1/-1}
.form>.meaning{min-block-size:40px}
.forced{display:grid;gap:4px;justify-items:start}
.forced ul{display:grid;gap:4px;inline-size:100%}
.forced li{display:flex;align-items:center;justify-content:space-between;gap:8px}
.runs{min-inline-size:0;overflow:auto;outline-offset:-2px}
.runs-none{display:grid;place-content:center;padding:24px;color:var(--soft);text-align:center}
table{inline-size:100%;border-collapse:collapse}
th,td{padding:4px 12px;text-align:start;vertical-align:top;font-weight:400}
thead th{position:sticky;inset-block-start:0;z-index:1;background:var(--back);color:var(--soft);box-shadow:inset 0 -1px var(--line);white-space:nowrap}
tbody tr:not(.details)>*{border-block-start:1px solid var(--line)}
tbody tr:first-child>*{border-block-start:0}
tbody th{white-space:nowrap}
.number{text-align:end;white-space:nowrap}
.budget{color:var(--soft)}
[data-standing=near]{color:var(--near)}
[data-standing=over]{color:var(--over);font-weight:600}
[data-standing=over]::before{content:"▲ "/"";font-size:9px}
[data-standing] .budget{font-weight:400}
.row-button{min-block-size:24px;margin:-2px 8px -2px 0;padding:0;border:0;background:none;font-weight:600;cursor:pointer}
.row-button::before{content:"";display:inline-block;inline-size:6px;block-size:6px;margin-inline:2px 8px;border:solid var(--soft);border-width:0 2px 2px 0;rotate:-45deg;translate:0 -1px;transition:rotate 120ms ease-out}
.row-button[aria-expanded=true]::before{rotate:45deg}
.outcome{white-space:nowrap}
.outcome::before{content:"";display:inline-block;inline-size:8px;block-size:8px;margin-inline-end:6px;border:2px solid var(--soft);border-radius:50%}
.outcome[data-outcome=answered]::before{border-color:var(--level);background:var(--level)}
.outcome[data-outcome=degraded]::before{border-color:var(--near);background:linear-gradient(var(--near) 0 0) 0/50% 100% no-repeat}
.outcome[data-outcome=incomplete]::before{border-color:var(--over);border-radius:0;background:linear-gradient(var(--over) 0 0) 0/50% 100% no-repeat}
.outcome[data-outcome=omitted]::before{border-color:var(--over);border-radius:0}
.attempts{display:flex;flex-wrap:wrap;gap:0 6px}
.attempts li:not(:last-child)::after{content:"→"/"";margin-inline-start:6px;color:var(--soft)}
[data-failed=true]{color:var(--soft)}
.level-cell{white-space:nowrap}
.level{display:inline-block;min-inline-size:20px;border-radius:4px;text-align:center;color:var(--level);box-shadow:inset 0 0 0 1px currentColor}
.details>td{padding:4px 12px 16px;background:var(--raised)}
tr[data-open=true]>*{background:var(--raised)}
.detail{display:grid;gap:12px}
.waterfall{position:relative;padding-block-start:20px}
.lines{position:absolute;inset:0;pointer-events:none}
.line{position:absolute;inset-block:0;border-inline-start:1px dashed var(--soft)}
.line span{position:absolute;inset-block-start:0;inset-inline-end:4px;color:var(--soft);font-size:12px;white-space:nowrap}
.waterfall ol{display:grid;gap:8px}
.lane{position:relative;block-size:10px}
.bar{position:absolute;inset-block:0;min-inline-size:3px;border-radius:2px;background:var(--level)}
.bar[data-failed=true]{background:repeating-linear-gradient(-45deg,var(--soft) 0 2px,transparent 2px 6px);box-shadow:inset 0 0 0 1px var(--soft)}
.mark{position:absolute;inset-block:-3px;inline-size:3px;margin-inline-start:-1px;background:var(--ink);border-radius:2px}
.waterfall p{position:relative}
.meaning{display:block}
dl{display:grid;gap:4px 24px;grid-template-columns:repeat(auto-fill,minmax(240px,1fr))}
dl>div{display:grid;grid-template-columns:64px minmax(0,1fr);gap:8px}
dt{color:var(--soft)}
dd{overflow-wrap:anywhere}
code{font:12px/20px ui-monospace,monospace}
@media (max-width:1100px){.widest{display:none}}
@media (max-width:900px){.wide{display:none}}
@media (max-width:700px){
.drawer{block-size:min(560px,80vh)}
.head{flex-wrap:wrap}
.head h2{flex:1}
.head p{order:1;flex-basis:100%;white-space:normal}
.rooms{display:block;overflow:auto}
.force{border-inline-end:0;border-block-end:1px solid var(--line);overflow:visible}
.runs{overflow-y:visible}
thead th{position:static}
th,td{padding-inline:6px}
tr>:first-child{padding-inline-start:12px}
.budget{display:none}
.row-button{white-space:nowrap}
tbody th{white-space:normal}
.level-cell .soft{display:none}
}
@media (prefers-reduced-motion:reduce){*,*::before{transition:none!important}}
@media (forced-colors:active){.bar,.mark{background:CanvasText}.bar[data-failed=true]{background:none;border:1px dashed CanvasText}.outcome::before{forced-color-adjust:none}}
`
