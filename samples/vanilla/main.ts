import { attachAnswer, createEngine, createRun, defineFeature } from '@evenkeel/client/core'

const verse = defineFeature<string>({
  id: 'verse',
  interaction: 'progressive',
  ladder: [
    { step: 'model', url: `/api/verse${location.search}` },
    { step: 'template', render: (topic) => `Nobody can write of ${topic} just now.` },
  ],
})
const run = createRun(verse, createEngine({ telemetry: false }))
const [form, text, status] = ['form', '#answer', '[role=status]'].map((each) => document.querySelector(each))
if (form instanceof HTMLFormElement && text instanceof HTMLElement && status instanceof HTMLElement) {
  const words = { writing: 'Writing.', ready: 'The answer is ready.' }
  attachAnswer(run, { root: text, text, status }, { announcements: () => words })
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void run.start(String(new FormData(form).get('topic')))
  })
}
