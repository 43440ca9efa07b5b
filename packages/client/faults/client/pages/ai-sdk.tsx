import { useChat } from '@ai-sdk/react'
import { DefaultChatTransport } from 'ai'
import { mount, peerUrl, Surface } from './peer.tsx'

const transport = new DefaultChatTransport({ api: peerUrl })

function Chat() {
  const { messages, sendMessage, status, error } = useChat({ transport })
  const last = messages.at(-1)
  const parts = last?.role === 'assistant' ? last.parts : []
  return (
    <Surface
      text={parts.map((part) => (part.type === 'text' ? part.text : '')).join('')}
      isBusy={status === 'submitted' || status === 'streaming'}
      hasError={error !== undefined}
      send={() => void sendMessage({ text: 'Where is my parcel?' })}
    />
  )
}

mount(Chat)
