import { useChat } from '@ai-sdk/react'
import { DefaultChatTransport } from 'ai'
import { useEffect } from 'react'
import { createRoot } from 'react-dom/client'
import { earlierAnswers, stage, streamUrl } from './stage.ts'

const transport = new DefaultChatTransport({ api: streamUrl('ai-sdk') })
const earlier = earlierAnswers.map((text, index) => ({
  id: `e${index}`,
  role: 'assistant' as const,
  parts: [{ type: 'text' as const, text }],
}))

function Chat({ throttle }: { throttle: number | undefined }) {
  stage.renders += 1
  const { messages, sendMessage, status } = useChat({
    transport,
    messages: earlier,
    ...(throttle === undefined ? {} : { throttle }),
  })
  stage.start = () => void sendMessage({ text: 'go' })
  useEffect(() => {
    if (
      status === 'ready' &&
      stage.renders > 2 &&
      messages.at(-1)?.role === 'assistant' &&
      messages.length > earlier.length
    ) {
      stage.markEnded()
    }
  }, [status, messages])
  return (
    <>
      {messages
        .filter(({ role }) => role === 'assistant')
        .map(({ id, parts }) => (
          <div className="answer" key={id}>
            {parts.map((part, index) =>
              // biome-ignore lint/suspicious/noArrayIndexKey: parts have no other key, and never move
              part.type === 'text' ? <span key={index}>{part.text}</span> : null,
            )}
          </div>
        ))}
    </>
  )
}

const throttle = new URLSearchParams(location.search).get('throttle')
createRoot(document.getElementById('root') ?? document.body).render(
  <Chat throttle={throttle === null ? undefined : Number(throttle)} />,
)
