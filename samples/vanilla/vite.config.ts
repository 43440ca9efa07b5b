import { setTimeout } from 'node:timers/promises'
import { defaultClientConditions, defineConfig, type PluginOption } from 'vite'

/** Any endpoint that streams will do: this one speaks plain text, or says 503 to `/api/verse?down`. */
const endpoint: PluginOption = {
  name: 'endpoint',
  configureServer({ middlewares }) {
    middlewares.use('/api/verse', async ({ url }, response) => {
      response.writeHead(url?.includes('down') ? 503 : 200, { 'content-type': 'text/plain' })
      const words = 'Light turns upon the water,\nand the water keeps none of it.'.split(/(?<=\s)/)
      for (const word of response.statusCode === 200 ? words : []) response.write(await setTimeout(60, word))
      response.end()
    })
  },
}
export default defineConfig({
  root: import.meta.dirname,
  plugins: [endpoint],
  resolve: { conditions: ['evenkeel-source', ...defaultClientConditions] },
  server: { fs: { allow: ['../..'] } },
})
