/** How everything looks that is there before the first answer. */
export const baseCss = `
div:where(.evenkeel-answer){position:relative}
div:where(.evenkeel-text){white-space:pre-wrap;overflow-wrap:anywhere}
div:where(.evenkeel-status){position:absolute;inset-block-start:0;inset-inline-start:0;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
div:where(.evenkeel-notice){font-size:.8125rem;line-height:1.25rem}
div:where(.evenkeel-feedback){--target:max(28px,1.75rem);display:grid;align-content:start;gap:4px;min-inline-size:0;font-size:.8125rem;line-height:1.25rem}
div:where(.evenkeel-feedback[data-evenkeel-available=false]:not(:focus-within)){visibility:hidden}
`
