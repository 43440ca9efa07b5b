import { LabelField } from './label-field.tsx'
import { useTexts } from './language.ts'
import { TONES, type Tone } from './tone.ts'

interface ToneFieldProps {
  readonly tone: Tone
  /** Only the full level can be told how to sound; below it the field's place stays empty, so that nothing moves. */
  readonly isOffered: boolean
  readonly onChoose: (tone: Tone) => void
}

/** How the next draft should sound. */
export function ToneField({ tone, isOffered, onChoose }: ToneFieldProps) {
  const texts = useTexts().draft
  return (
    <div className="draft-tone" data-offered={isOffered}>
      <LabelField
        name={texts.tone}
        choices={TONES}
        words={texts.tones}
        value={tone}
        isAwaited={false}
        onChoose={onChoose}
      />
    </div>
  )
}
