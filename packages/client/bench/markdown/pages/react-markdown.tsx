import { createRoot } from 'react-dom/client'
import Markdown from 'react-markdown'
import gfm from 'remark-gfm'
import { useFeed } from './feed.ts'

const PLUGINS = [gfm]

function Answer() {
  const { text } = useFeed()
  return (
    <div className="answer">
      <Markdown remarkPlugins={PLUGINS}>{text}</Markdown>
    </div>
  )
}

createRoot(document.getElementById('root') ?? document.body).render(<Answer />)
