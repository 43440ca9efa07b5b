import { createRoot } from 'react-dom/client'
import { Streamdown } from 'streamdown'
import { useFeed } from './feed.ts'

// As its documentation has it, without its plugins and its animation, which would only add work.
function Answer() {
  const { text, isStreaming } = useFeed()
  return (
    <div className="answer">
      <Streamdown isAnimating={isStreaming}>{text}</Streamdown>
    </div>
  )
}

createRoot(document.getElementById('root') ?? document.body).render(<Answer />)
