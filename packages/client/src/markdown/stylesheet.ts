/**
 * How markdown looks where the product says nothing. Every rule is as weak as a single element selector;
 * colours are mixes of the text's own, so that they follow it into the dark. `--evenkeel-line` and
 * `--evenkeel-tint` set lines and grounds, `--evenkeel-accent` links, `--evenkeel-code-font` the letters of code.
 *
 * A page that is rendered on a server may put it into its own stylesheet, so that it holds from the first paint.
 */
export const markdownCss = `
div:where(.evenkeel-answer){position:relative}
div:where(.evenkeel-status){position:absolute;inset-block-start:0;inset-inline-start:0;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
div:where(.evenkeel-markdown){--line:var(--evenkeel-line,color-mix(in srgb,currentColor 18%,transparent));--tint:var(--evenkeel-tint,color-mix(in srgb,currentColor 6%,transparent));--focus:2px solid var(--evenkeel-accent,currentColor);overflow-wrap:break-word}
:where(.evenkeel-markdown>*){display:flow-root;contain-intrinsic-block-size:auto 4em;overflow-clip-margin:1em}
:where(.evenkeel-markdown[data-evenkeel-skip]>:nth-last-child(n+4)){content-visibility:auto}
:is(h1,h2,h3,h4,h5,h6,p,ul,ol,blockquote,hr,pre):where(.evenkeel-markdown *){margin:0}
:is(p,ul,ol,blockquote,div):where(.evenkeel-markdown *+*){margin-block-start:.75em}
:is(ul,ol):where(.evenkeel-markdown li>*){margin-block-start:.25em}
:is(h1,h2,h3,h4,h5,h6):where(.evenkeel-markdown *){font-size:1em;font-weight:600;line-height:1.3}
:is(h1,h2,h3,h4,h5,h6,hr):where(.evenkeel-markdown *+*){margin-block-start:1.25em}
h1:where(.evenkeel-markdown *){font-size:1.375em}
h2:where(.evenkeel-markdown *){font-size:1.25em}
h3:where(.evenkeel-markdown *){font-size:1.125em}
:is(ul,ol):where(.evenkeel-markdown *){padding:0;padding-inline-start:1.75em;list-style:disc}
ol:where(.evenkeel-markdown *){list-style:decimal}
li:where(.evenkeel-markdown li+li){margin-block-start:.25em}
li:where(.evenkeel-markdown li:has(>p)+li){margin-block-start:.75em}
li:where(.evenkeel-task){list-style:none}
input:where(.evenkeel-task *){margin:0;margin-inline-start:-1.5em;vertical-align:-.1em;accent-color:var(--evenkeel-accent,auto)}
blockquote:where(.evenkeel-markdown *){padding-inline-start:1em;border-inline-start:3px solid var(--line)}
hr:where(.evenkeel-markdown *){border:0;border-block-start:1px solid var(--line)}
a:where(.evenkeel-markdown *){color:var(--evenkeel-accent,inherit);text-decoration:underline;text-underline-offset:.15em}
code:where(.evenkeel-markdown *){padding:.1em .3em;border-radius:4px;background:var(--tint);font:.875em/1.55 var(--evenkeel-code-font,ui-monospace,SFMono-Regular,Menlo,Consolas,monospace)}
div:where(.evenkeel-code){border:1px solid var(--line);border-radius:var(--evenkeel-radius,6px);overflow:hidden}
div:where(.evenkeel-code>*){display:flex;align-items:center;gap:8px;margin:0;padding:4px;padding-inline-start:12px;background:var(--tint);border-block-end:1px solid var(--line);font-size:.8125rem;line-height:1.25rem}
span:where(.evenkeel-language){flex:1;min-inline-size:0;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
button:where(.evenkeel-copy){min-block-size:24px;padding:0 8px;border:0;border-radius:4px;background:none;color:inherit;font:inherit;cursor:pointer}
button:where(.evenkeel-copy:hover){background:var(--line)}
:is(a,button,div,pre):where(.evenkeel-markdown *):focus-visible{outline:var(--focus);outline-offset:-2px}
pre:where(.evenkeel-code>*){padding:12px;overflow-x:auto;white-space:pre;tab-size:4}
code:where(.evenkeel-code *){display:block;padding:0;background:none}
span:where(.evenkeel-lines){display:block}
div:where(.evenkeel-table){overflow-x:auto}
table:where(.evenkeel-markdown *){border-collapse:collapse;font-variant-numeric:tabular-nums}
:is(th,td):where(.evenkeel-markdown *){padding:6px 12px;border-block-end:1px solid var(--line);vertical-align:top}
:is(th,td):where(.evenkeel-markdown :not([align])){text-align:start}
img:where(.evenkeel-markdown *){max-inline-size:100%;block-size:auto}
span:where(.evenkeel-image){padding:0 .4em;border:1px dashed var(--line);border-radius:4px}
span:where(.evenkeel-image)::before{content:"\\25A8" / "";margin-inline-end:.35em}
`
