import react from '@vitejs/plugin-react'
import { defaultClientConditions, defineConfig } from 'vite'

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  // The libraries are read from their sources, so that a change in them shows at once.
  resolve: { conditions: ['evenkeel-source', ...defaultClientConditions] },
  optimizeDeps: {
    include: [
      'react',
      'react-dom/client',
      'react/jsx-dev-runtime',
      'react/jsx-runtime',
      '@openfeature/ofrep-web-provider',
      '@openfeature/web-sdk',
    ],
  },
  server: { fs: { allow: ['../..'] } },
})
