/**
 * How markdown looks where the product says nothing. Every rule is as weak as a single element selector;
 * colours are mixes of the text's own, so that they follow it into the dark. `--evenkeel-line` and
 * `--evenkeel-tint` set lines and grounds, `--evenkeel-accent` links, `--evenkeel-code-font` the letters of code.
 *
 * A page that is rendered on a server may put it into its own stylesheet, so that it holds from the first paint.
 */
export const markdownCss = `
div:where(.evenkeel-answer){position:relative}
div:where(.evenkeel-status){position:absolute;inset:0 auto auto 0;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
:where(.evenkeel-markdown){--line:var(--evenkeel-line,color-mix(in srgb,currentColor 18%,transparent));--tint:var(--evenkeel-tint,color-mix(in srgb,currentColor 6%,transparent));overflow-wrap:break-word;
:where(&>*){display:flow-root;contain-intrinsic-block-size:auto 4em;overflow-clip-margin:1em}
:where(&>[data-evenkeel-skip]){content-visibility:auto}
h1,h2,h3,h4,h5,h6,p,ul,ol,blockquote,pre,hr{margin:0}
:where(*+*):is(p,ul,ol,blockquote,div){margin-block-start:.75em}
:where(li>*):is(ul,ol),:where(li+li){margin-block-start:.25em}
h1,h2,h3,h4,h5,h6{font-size:1em;font-weight:600;line-height:1.3}
h1{font-size:1.375em}
h2{font-size:1.25em}
h3{font-size:1.125em}
:where(*+*):is(h1,h2,h3,h4,h5,h6,hr){margin-block-start:1.25em}
ul,ol{padding:0;padding-inline-start:1.75em;list-style:disc}
ol{list-style:decimal}
:where(li:has(>p)+li){margin-block-start:.75em}
:where(.evenkeel-task){list-style:none}
input{margin:0;margin-inline-start:-1.5em}
blockquote{padding-inline-start:1em;border-inline-start:3px solid var(--line)}
hr{border:0;border-block-start:1px solid var(--line)}
a{color:var(--evenkeel-accent,inherit);text-decoration:underline}
code{padding:.1em .3em;border-radius:4px;background:var(--tint);font:.875em/1.5 var(--evenkeel-code-font,ui-monospace,Menlo,Consolas,monospace)}
:where(.evenkeel-code){border:1px solid var(--line);border-radius:6px;overflow:hidden}
:where(.evenkeel-code>*){display:flex;align-items:center;gap:8px;padding:4px;padding-inline-start:12px;background:var(--tint);font-size:.875em}
:where(.evenkeel-language){flex:1;overflow:hidden}
button{min-block-size:24px;padding:0 8px;border:0;border-radius:4px;background:none;color:inherit;font:inherit;cursor:pointer}
button:hover{background:var(--line)}
:focus-visible{outline-offset:-2px}
pre{padding:12px;border:0;background:none;font:inherit;overflow-x:auto;white-space:pre}
pre code{display:block;padding:0;background:none}
pre span:where(.evenkeel-lines){display:block}
:where(.evenkeel-table){overflow-x:auto}
table{border-collapse:collapse}
th,td{padding:6px 12px;border-block-end:1px solid var(--line);vertical-align:top}
th:not([align]){text-align:start}
img{max-inline-size:100%;block-size:auto}
:where(.evenkeel-image){padding:0 .4em;border:1px dashed var(--line);border-radius:4px}
:where(.evenkeel-image)::before{content:"\\25A8" / "";margin-inline-end:.4em}
}
`
