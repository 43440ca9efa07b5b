import { describe, expect, it } from 'vitest'
import { runPageHtml } from './run-page-html.ts'

const parts = {
  runId: '4bf92f3577b34da6a3ce929d0e0e4736',
  nonce: 'bm9uY2U',
  script: 'https://webview.example/dist/pages/run.js',
  styles: 'https://webview.example/dist/pages/run.css',
  source: 'https://webview.example',
}

const policyOf = (html: string): Record<string, string> =>
  Object.fromEntries(
    (/Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '')
      .split('; ')
      .map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1).join(' ')]),
  )

describe("a run's page", () => {
  it('may load its own script, styles and font, and nothing else', () => {
    expect(policyOf(runPageHtml(parts))).toEqual({
      'default-src': "'none'",
      'script-src': "'nonce-bm9uY2U'",
      'style-src': 'https://webview.example',
      'font-src': 'https://webview.example',
      'base-uri': "'none'",
      'form-action': "'none'",
    })
  })

  it('has one script, and it carries the nonce', () => {
    const scripts = runPageHtml(parts).match(/<script[^>]*>/g)
    expect(scripts).toEqual([
      '<script type="module" nonce="bm9uY2U" src="https://webview.example/dist/pages/run.js">',
    ])
  })

  it('names its run', () => {
    expect(runPageHtml(parts)).toContain('data-run-id="4bf92f3577b34da6a3ce929d0e0e4736"')
  })

  it('takes a hostile run id as text', () => {
    const html = runPageHtml({ ...parts, runId: '"><script>alert(1)</script>' })
    expect(html).toContain('data-run-id="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"')
    expect(html.match(/<script/g)).toHaveLength(1)
  })
})
