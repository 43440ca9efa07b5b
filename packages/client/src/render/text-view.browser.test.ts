import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTextView } from './text-view.ts'

const PARAGRAPH = 'A paragraph that is long enough to fill more than a single line of its place. '.repeat(4)

let host: HTMLElement

beforeEach(() => {
  host = document.createElement('div')
  host.style.cssText = 'white-space: pre-wrap; inline-size: 300px'
  document.body.append(host)
})

afterEach(() => host.remove())

function select(node: Node, start: number, end: number): void {
  getSelection()?.setBaseAndExtent(node, start, node, end)
}

describe('the text view', () => {
  it('shows what was appended, in blocks that read as the text does', () => {
    const view = createTextView(host)
    for (const delta of ['Hello', ' there.\n', '\nSecond', ' paragraph.']) view.append(delta)
    expect(host.textContent).toBe('Hello there.\n\nSecond paragraph.')
    expect([...host.children].map((block) => block.textContent)).toEqual([
      'Hello there.\n\n',
      'Second paragraph.',
    ])
  })

  it('takes as much room as the same text in one block', () => {
    const text = `${PARAGRAPH}\n\n\n${PARAGRAPH}\nA line.\n  \n  indented\n\n`
    host.textContent = text
    const heightPx = host.getBoundingClientRect().height
    host.textContent = ''
    createTextView(host).append(text)
    expect(host.children.length).toBeGreaterThan(2)
    expect(host.getBoundingClientRect().height).toBe(heightPx)
  })

  it('adds one text node a block, however many deltas come', () => {
    const view = createTextView(host)
    for (let index = 0; index < 500; index++) view.append('word ')
    expect(host.childNodes).toHaveLength(1)
    expect(host.firstChild?.childNodes).toHaveLength(1)
  })

  it('shows markup as the text it is', () => {
    const view = createTextView(host)
    const hostile = '<img src=x onerror="window.hacked = true"><b>bold</b>&amp;'
    view.append(hostile)
    view.replace(hostile)
    expect(host.textContent).toBe(hostile)
    expect(host.querySelector('img, b')).toBeNull()
  })

  it('lets each paragraph read in its own direction', () => {
    createTextView(host).append('English first.\n\nثم العربية.')
    const directions = [...host.children].map((block) => getComputedStyle(block).direction)
    expect(directions).toEqual(['ltr', 'rtl'])
  })

  it('keeps a selection made while text is appended', () => {
    const view = createTextView(host)
    view.append('Select these words')
    const node = host.firstChild?.firstChild as Text
    select(node, 7, 12)
    view.append(' while more comes.\n\nAnd more')
    view.seal()
    view.append(' still.')
    expect(getSelection()?.toString()).toBe('these')
    expect(getSelection()?.anchorNode).toBe(node)
  })

  it('replaces the whole text in one commit', async () => {
    const view = createTextView(host)
    view.append('A partial answer that')
    const records: MutationRecord[] = []
    const observer = new MutationObserver((batch) => records.push(...batch))
    observer.observe(host, { childList: true, characterData: true, subtree: true })
    view.replace('Hi Anna,\n\nthank you.')
    await Promise.resolve()
    observer.disconnect()
    expect(records).toHaveLength(1)
    expect(host.textContent).toBe('Hi Anna,\n\nthank you.')
  })

  it('goes on after a replacement', () => {
    const view = createTextView(host)
    view.append('One.\n\n')
    view.replace('Two.')
    view.append(' Three.\n\nFour.')
    expect([...host.children].map((block) => block.textContent)).toEqual(['Two. Three.\n\n', 'Four.'])
    view.replace('')
    expect(host.childNodes).toHaveLength(0)
  })

  it('lets closed blocks be skipped, and never the open one', () => {
    const view = createTextView(host)
    view.append(`${PARAGRAPH}\n\n${PARAGRAPH}\n\nOpen`)
    view.seal()
    const visibility = [...host.children].map((block) => getComputedStyle(block).contentVisibility)
    expect(visibility).toEqual(['auto', 'auto', 'visible'])
  })

  it('moves nothing when a closed block is out of sight', async () => {
    host.style.marginBlockStart = '3000px'
    const view = createTextView(host)
    for (let index = 0; index < 20; index++) view.append(`${PARAGRAPH}\n\n`)
    const heightPx = host.getBoundingClientRect().height
    view.seal()
    await nextFrame()
    await nextFrame()
    expect(host.getBoundingClientRect().height).toBeCloseTo(heightPx, 0)
  })

  it('copies a selection across blocks with the line ends of the text', () => {
    createTextView(host).append('First.\n\nSecond.\nThird.')
    getSelection()?.selectAllChildren(host)
    expect(getSelection()?.toString()).toBe('First.\n\nSecond.\nThird.')
  })
})

function nextFrame(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => resolve()))
}
