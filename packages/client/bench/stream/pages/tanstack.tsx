import { fetchServerSentEvents, useChat } from '@tanstack/ai-react'
import { useEffect } from 'react'
import { createRoot } from 'react-dom/client'
import { earlierAnswers, stage, streamUrl } from './stage.ts'

const connection = fetchServerSentEvents(streamUrl('ag-ui'))
const earlier = earlierAnswers.map((content, index) => ({
  id: `e${index}`,
  role: 'assistant' as const,
  parts: [{ type: 'text' as const, content }],
}))

function Chat() {
  stage.renders += 1
  const { messages, sendMessage, isLoading } = useChat({ connection, initialMessages: earlier })
  stage.start = () => void sendMessage('go')
  useEffect(() => {
    if (!isLoading && messages.length > earlier.length && messages.at(-1)?.role === 'assistant')
      stage.markEnded()
  }, [isLoading, messages])
  return (
    <>
      {messages
        .filter(({ role }) => role === 'assistant')
        .map(({ id, parts }) => (
          <div className="answer" key={id}>
            {parts.map((part, index) =>
              // biome-ignore lint/suspicious/noArrayIndexKey: parts have no other key, and never move
              part.type === 'text' ? <span key={index}>{part.content}</span> : null,
            )}
          </div>
        ))}
    </>
  )
}

createRoot(document.getElementById('root') ?? document.body).render(<Chat />)
