import { VSCODE_THEMES } from './vscode-themes.ts'

export type ThemeName = keyof typeof VSCODE_THEMES

export const THEME_NAMES = Object.keys(VSCODE_THEMES) as readonly ThemeName[]

/** Dresses the document as the editor dresses a webview. */
export function wearTheme(name: ThemeName): void {
  const { class: className, variables } = VSCODE_THEMES[name]
  document.documentElement.removeAttribute('style')
  for (const [variable, value] of Object.entries(variables)) {
    document.documentElement.style.setProperty(variable, value)
  }
  document.documentElement.style.colorScheme = name.includes('light') ? 'light' : 'dark'
  document.body.className = className
}
