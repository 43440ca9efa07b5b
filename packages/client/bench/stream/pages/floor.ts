import { createParser } from 'eventsource-parser'
import { earlierAnswers, stage, streamUrl } from './stage.ts'

const root = document.getElementById('root') ?? document.body
for (const answer of earlierAnswers) {
  const element = document.createElement('div')
  element.className = 'answer'
  element.textContent = answer
  root.append(element)
}
const answer = document.createElement('div')
answer.className = 'answer'
const node = document.createTextNode('')
answer.append(node)
root.append(answer)

/** A bare loop: every chunk goes straight into one text node as it arrives. */
stage.start = async () => {
  const response = await fetch(streamUrl('ai-sdk'), { method: 'POST', body: '{}' })
  const decoder = new TextDecoder()
  const parser = createParser({
    onEvent({ data }) {
      if (data === '[DONE]') return
      const event = JSON.parse(data)
      if (event.type === 'text-delta') node.appendData(event.delta)
    },
  })
  const reader = response.body?.getReader()
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined }
    if (done) break
    parser.feed(decoder.decode(value, { stream: true }))
  }
  stage.markEnded()
}
