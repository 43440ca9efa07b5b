/** How what is in a feedback bar looks; see `evenkeelCss`. */
export const feedbackCss = `
div:where(.evenkeel-row){display:flex;align-items:center;gap:4px;block-size:var(--target);min-inline-size:0}
div:where(.evenkeel-row:first-child){margin-inline-start:-6px}
div:where(.evenkeel-reasons){overflow-x:auto;scrollbar-width:none;box-sizing:content-box;margin:-3px;padding:3px}
button:where(.evenkeel-button){box-sizing:border-box;flex:none;display:inline-flex;align-items:center;justify-content:center;min-inline-size:var(--target);block-size:var(--target);margin:0;padding:0 6px;border:1px solid transparent;border-radius:var(--evenkeel-radius,6px);background:none;color:inherit;font:inherit;cursor:pointer;opacity:.8;transition:opacity 120ms ease-out,background-color 120ms ease-out}
button:where(.evenkeel-reasons>*){padding:0 10px;opacity:1;border-color:color-mix(in srgb,currentColor 35%,transparent)}
button:where(.evenkeel-button:hover,.evenkeel-button[aria-pressed=true]){opacity:1;background-color:color-mix(in srgb,currentColor 10%,transparent)}
button:where(.evenkeel-button[aria-pressed=true]){color:var(--evenkeel-accent,inherit);border-color:color-mix(in srgb,currentColor 65%,transparent)}
button:where(.evenkeel-button[aria-disabled=true]){opacity:.4;cursor:default}
button:where(.evenkeel-button):focus-visible{outline:2px solid var(--evenkeel-accent,currentColor);outline-offset:1px}
button:where(.evenkeel-button[aria-pressed=true]) svg{fill:color-mix(in srgb,currentColor 30%,transparent)}
span:where(.evenkeel-said){padding-inline:4px;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
@media (forced-colors:active){button:where(.evenkeel-button[aria-pressed=true]){forced-color-adjust:none;background:Highlight;color:HighlightText}}
@media (prefers-reduced-motion:reduce){button:where(.evenkeel-button){transition:none}}
`
