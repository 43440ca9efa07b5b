import { createParser } from 'eventsource-parser'
import { useEffect, useState } from 'react'
import { stage, streamUrl } from '../../stream/pages/stage.ts'

/**
 * The answer as React state, for renderers that take a text: the leanest there can be, a bare loop that sets the
 * state once in an animation frame. What stands between a stream and a renderer in an app costs more.
 */
export function useFeed(): { readonly text: string; readonly isStreaming: boolean } {
  const [text, setText] = useState('')
  const [isStreaming, setStreaming] = useState(false)
  stage.renders += 1
  stage.start = async () => {
    setStreaming(true)
    const response = await fetch(streamUrl('ai-sdk'), { method: 'POST', body: '{}' })
    const decoder = new TextDecoder()
    let whole = ''
    let isDue = false
    const show = (): void => {
      isDue = false
      setText(whole)
    }
    const parser = createParser({
      onEvent({ data }) {
        if (data === '[DONE]') return
        const event = JSON.parse(data)
        if (event.type !== 'text-delta') return
        whole += event.delta
        if (!isDue) requestAnimationFrame(show)
        isDue = true
      },
    })
    const reader = response.body?.getReader()
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true, value: undefined }
      if (done) break
      parser.feed(decoder.decode(value, { stream: true }))
    }
    setText(whole)
    setStreaming(false)
  }
  useEffect(() => {
    if (!isStreaming && text !== '') stage.markEnded()
  }, [isStreaming, text])
  return { text, isStreaming }
}
