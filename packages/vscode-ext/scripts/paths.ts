import { join } from 'node:path'

/** The repository's root. */
export const ROOT: string = join(import.meta.dirname, '../../..')

/** Everything that is fetched, built for a test or photographed; ignored by git. */
export const CACHE: string = join(ROOT, '.cache')

/** This package: what VS Code loads as the extension. */
export const EXTENSION: string = join(ROOT, 'packages', 'vscode-ext')

/** The sample product, which the editor opens. */
export const SAMPLE: string = join(ROOT, 'samples', 'support-desk')
