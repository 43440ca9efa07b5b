/**
 * How markdown looks where the product says nothing. Every rule is as weak as a single element selector;
 * colours are mixes of the text's own, so that they follow it into the dark. `--evenkeel-line` and
 * `--evenkeel-tint` set lines and grounds, `--evenkeel-accent` links, `--evenkeel-code-font` the letters of code.
 *
 * A page that is rendered on a server may put it into its own stylesheet, so that it holds from the first paint.
 */
export const markdownCss = `
div:where(.evenkeel-markdown){--line:var(--evenkeel-line,color-mix(in srgb,currentColor 18%,transparent));--tint:var(--evenkeel-tint,color-mix(in srgb,currentColor 6%,transparent));--corner:var(--evenkeel-radius,6px);overflow-wrap:break-word}
:where(.evenkeel-markdown>*){display:flow-root;contain-intrinsic-block-size:auto 4em;overflow-clip-margin:1em}
:where(.evenkeel-markdown[data-evenkeel-skip]>:nth-last-child(n+4)){content-visibility:auto}
:is(h1,h2,h3,h4,h5,h6,p,ul,ol,blockquote,hr,div):where(.evenkeel-markdown>*,.evenkeel-markdown blockquote>*,.evenkeel-markdown li>*){margin:0}
:is(p,ul,ol,blockquote,hr,div):where(.evenkeel-markdown>*+*,.evenkeel-markdown blockquote>*+*,.evenkeel-markdown li>*+:not(ul,ol)){margin-block-start:.75em}
:is(h1,h2,h3,h4,h5,h6):where(.evenkeel-markdown *){font-weight:600;line-height:1.3;font-size:1em}
:is(h1,h2,h3,h4,h5,h6):where(.evenkeel-markdown *+*){margin-block-start:1.25em}
h1:where(.evenkeel-markdown *){font-size:1.375em}
h2:where(.evenkeel-markdown *){font-size:1.25em}
h3:where(.evenkeel-markdown *){font-size:1.125em}
:is(ul,ol):where(.evenkeel-markdown *){padding-inline-start:1.75em;padding-inline-end:0}
ul:where(.evenkeel-markdown *){list-style:disc}
ol:where(.evenkeel-markdown *){list-style:decimal}
li:where(.evenkeel-markdown li+li){margin-block-start:.25em}
li:where(.evenkeel-markdown li:has(>p)+li){margin-block-start:.75em}
li:where(.evenkeel-markdown .evenkeel-task){list-style:none}
input:where(.evenkeel-task>input,.evenkeel-task>p>input){margin:0 .35em 0 -1.5em;margin-inline:-1.5em .35em;vertical-align:-.1em;inline-size:1.05em;block-size:1.05em;accent-color:var(--evenkeel-accent,auto)}
blockquote:where(.evenkeel-markdown *){padding-inline:1em 0;border-inline-start:3px solid var(--line)}
hr:where(.evenkeel-markdown *){border:0;border-block-start:1px solid var(--line)}
hr:where(.evenkeel-markdown>*+*){margin-block:1.25em}
a:where(.evenkeel-markdown *){color:var(--evenkeel-accent,inherit);text-decoration:underline;text-underline-offset:.15em}
a:where(.evenkeel-markdown *):focus-visible{outline:2px solid var(--evenkeel-accent,currentColor);outline-offset:1px;border-radius:2px}
code:where(.evenkeel-markdown *){font:.9em/1.4 var(--evenkeel-code-font,ui-monospace,SFMono-Regular,Menlo,Consolas,monospace);padding:.1em .3em;border-radius:4px;background:var(--tint);overflow-wrap:anywhere}
div:where(.evenkeel-code){border:1px solid var(--line);border-radius:var(--corner);overflow:hidden;text-align:start}
div:where(.evenkeel-code-head){display:flex;align-items:center;gap:8px;min-block-size:32px;padding-inline:12px 4px;font-size:.8125rem;line-height:1.25rem;background:var(--tint);border-block-end:1px solid var(--line)}
span:where(.evenkeel-language){flex:1;min-inline-size:0;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;opacity:.85}
button:where(.evenkeel-copy){flex:none;min-block-size:24px;padding:0 8px;border:0;border-radius:var(--corner);background:none;color:inherit;font:inherit;cursor:pointer;opacity:.85;transition:opacity 120ms ease-out,background-color 120ms ease-out}
button:where(.evenkeel-copy:hover){opacity:1;background:color-mix(in srgb,currentColor 10%,transparent)}
button:where(.evenkeel-copy):focus-visible{outline:2px solid var(--evenkeel-accent,currentColor);outline-offset:-2px;opacity:1}
pre:where(.evenkeel-code>*){margin:0;padding:12px;overflow-x:auto;white-space:pre;tab-size:4}
:is(pre,div):where(.evenkeel-code>*,.evenkeel-table):focus-visible{outline:2px solid var(--evenkeel-accent,currentColor);outline-offset:-2px}
code:where(.evenkeel-code *){display:block;padding:0;background:none;overflow-wrap:normal;font-size:.875em;line-height:1.55}
span:where(.evenkeel-lines){display:block}
div:where(.evenkeel-table){overflow-x:auto}
table:where(.evenkeel-markdown *){border-collapse:collapse;font-variant-numeric:tabular-nums}
:is(th,td):where(.evenkeel-markdown *){padding:6px 12px;border-block-end:1px solid var(--line);vertical-align:top;max-inline-size:32em}
:is(th,td):where(.evenkeel-markdown :not([align])){text-align:start}
th:where(.evenkeel-markdown *){font-weight:600}
img:where(.evenkeel-markdown *){max-inline-size:100%;block-size:auto}
span:where(.evenkeel-image){padding:0 .4em;border:1px dashed var(--line);border-radius:4px;font-size:.9em}
span:where(.evenkeel-image)::before{content:"\\25A8" / "";margin-inline-end:.35em;opacity:.7}
@media (prefers-reduced-motion:reduce){button:where(.evenkeel-copy){transition:none}}
`
