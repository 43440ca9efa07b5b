import { readFile } from 'node:fs/promises'
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Serves the product's pages. */
export interface Pages {
  readonly listener: RequestListener
  close(): Promise<void>
}

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/**
 * Pages from their sources, by Vite. Hot reload goes over the server's own port; without it a page stays
 * as it was served, whatever is saved meanwhile.
 */
export async function developmentPages(
  server: Server,
  environment: string,
  hotReload: boolean,
): Promise<Pages> {
  const { createServer } = await import('vite')
  const vite = await createServer({
    root: ROOT,
    configFile: join(ROOT, 'vite.config.ts'),
    // Only the ready line goes to stdout.
    logLevel: 'warn',
    clearScreen: false,
    appType: 'spa',
    server: { middlewareMode: true, ws: { server }, ...(hotReload ? {} : { watch: null }) },
    plugins: [{ name: 'environment', transformIndexHtml: (html) => inEnvironment(html, environment) }],
  })
  return { listener: vite.middlewares, close: () => vite.close() }
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/** Built pages (`npm run build -w support-desk`). @throws Error where there are none. */
export async function builtPages(environment: string): Promise<Pages> {
  const dist = join(ROOT, 'dist')
  const page = await readFile(join(dist, 'index.html'), 'utf8').catch(() => {
    throw new Error(
      'There are no built pages. Run `npm run build -w support-desk` first, or leave NODE_ENV unset.',
    )
  })
  const index = inEnvironment(page, environment)

  async function serve({ url = '/', method }: IncomingMessage, response: ServerResponse): Promise<void> {
    if (method !== 'GET' && method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD' }).end()
      return
    }
    const path = normalize(new URL(url, 'http://127.0.0.1').pathname)
    const file = path === '/' ? null : await readFile(join(dist, path)).catch(() => null)
    if (path !== '/' && file === null && extname(path) !== '') {
      response.writeHead(404).end()
      return
    }
    // Built files bear a hash of their content in their name; the page itself does not.
    const isHashed = file !== null && path.startsWith('/assets/')
    response
      .writeHead(200, {
        'content-type':
          file === null ? 'text/html; charset=utf-8' : (TYPES[extname(path)] ?? 'application/octet-stream'),
        'cache-control': isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
        'x-content-type-options': 'nosniff',
      })
      .end(file ?? index)
  }

  return {
    listener: (request, response) => {
      serve(request, response).catch(() => response.writeHead(400).end())
    },
    close: async () => {},
  }
}

// The page learns from its server where it runs, so that one build serves every environment.
function inEnvironment(html: string, environment: string): string {
  const name = environment.replaceAll(/[^\w.-]/g, '-')
  return html.replace(/(<meta name="evenkeel-environment" content=")[^"]*/, `$1${name}`)
}
