import { fetchServerSentEvents, useChat } from '@tanstack/ai-react'
import { mount, peerUrl, Surface } from './peer.tsx'

const connection = fetchServerSentEvents(peerUrl)

function Chat() {
  const { messages, sendMessage, isLoading, error } = useChat({ connection })
  const last = messages.at(-1)
  const parts = last?.role === 'assistant' ? last.parts : []
  return (
    <Surface
      text={parts.map((part) => (part.type === 'text' ? part.content : '')).join('')}
      isBusy={isLoading}
      hasError={error !== undefined}
      send={() => void sendMessage('Where is my parcel?')}
    />
  )
}

mount(Chat)
