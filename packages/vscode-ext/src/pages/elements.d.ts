import type { VscodeButton } from '@vscode-elements/elements/dist/vscode-button/vscode-button.js'
import type { DetailedHTMLProps, HTMLAttributes } from 'react'

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'vscode-button': DetailedHTMLProps<HTMLAttributes<VscodeButton>, VscodeButton> & {
        readonly secondary?: boolean
        readonly disabled?: boolean
      }
    }
  }
}
