import { hydrateRoot } from 'react-dom/client'
import { createApp } from './app.tsx'

const container = document.getElementById('app')
if (container !== null) {
  const app = createApp(() => {
    document.title += 'asked '
  })
  hydrateRoot(container, app, { onRecoverableError: (error) => console.error(error) })
}
