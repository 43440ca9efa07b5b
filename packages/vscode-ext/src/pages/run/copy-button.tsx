import { useEffect, useState } from 'react'
import { Icon } from '../icons/icon.tsx'
import { useHost } from './host-context.ts'

const SAID_FOR_MS = 1_500

/** Copies a text and says so in its own place, so that nothing beside it moves. */
export function CopyButton({ text, what }: { readonly text: string; readonly what: string }) {
  const host = useHost()
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), SAID_FOR_MS)
    return () => clearTimeout(timer)
  }, [copied])
  return (
    <>
      <button
        type="button"
        className="icon-button"
        aria-label={`Copy ${what}`}
        title={`Copy ${what}`}
        onClick={() => {
          host.copy(text)
          setCopied(true)
        }}
      >
        <Icon name={copied ? 'check' : 'copy'} />
      </button>
      <span className="heard-only" role="status">
        {copied ? 'Copied' : ''}
      </span>
    </>
  )
}
