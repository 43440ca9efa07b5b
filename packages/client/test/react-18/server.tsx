import { renderToString } from 'react-dom/server'
import { createApp } from './app.tsx'

process.stdout.write(renderToString(createApp(() => {})))
