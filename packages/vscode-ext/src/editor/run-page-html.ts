/** What a run's page is made of. Addresses are the webview's own. */
export interface RunPageParts {
  readonly runId: string
  readonly nonce: string
  readonly script: string
  readonly styles: string
  /** Where the webview may load from. */
  readonly source: string
}

/**
 * The document of a run's page. Nothing is allowed but our own script, named by a nonce, and our own
 * styles and font: no network, no inline script, no frame, no form.
 */
export function runPageHtml({ runId, nonce, script, styles, source }: RunPageParts): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${source}`,
    `font-src ${source}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Run</title>
    <link rel="stylesheet" href="${attribute(styles)}">
  </head>
  <body>
    <div id="root" data-run-id="${attribute(runId)}"></div>
    <script type="module" nonce="${attribute(nonce)}" src="${attribute(script)}"></script>
  </body>
</html>
`
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function attribute(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? '')
}
