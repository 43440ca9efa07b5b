import fc from 'fast-check'

const digits = (length: number) => fc.stringMatching(new RegExp(`^[1-9][0-9]{${length - 1}}$`))

/** With the check digit that makes Luhn's sum a multiple of ten. */
function withLuhn(number: string): string {
  const sum = Array.from(number)
    .reverse()
    .reduce((total, digit, index) => {
      const value = Number(digit) * (index % 2 === 0 ? 2 : 1)
      return total + (value > 9 ? value - 9 : value)
    }, 0)
  return number + String((10 - (sum % 10)) % 10)
}

function withIbanCheck(country: string, account: string): string {
  const asNumber = `${account}${country}00`.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55))
  const check = 98n - (BigInt(asNumber) % 97n)
  return `${country}${String(check).padStart(2, '0')}${account}`
}

const grouped = (text: string) => text.replace(/(.{4})(?=.)/g, '$1 ')

const email = fc
  .tuple(
    fc.stringMatching(/^[a-z][a-z0-9._%+-]{0,20}[a-z0-9]$/),
    fc.stringMatching(/^[a-z][a-z0-9-]{0,12}[a-z0-9]$/),
    fc.constantFrom('com', 'de', 'co.uk', 'museum'),
  )
  .map(([local, host, top]) => `${local}@${host}.${top}`)

const card = fc
  .tuple(fc.integer({ min: 12, max: 18 }).chain(digits), fc.boolean())
  .map(([number, isGrouped]) => (isGrouped ? grouped(withLuhn(number)) : withLuhn(number)))

const iban = fc
  .tuple(fc.constantFrom('DE', 'GB', 'FR', 'NO', 'MT'), fc.stringMatching(/^[0-9A-Z]{11,27}$/), fc.boolean())
  .map(([country, account, isGrouped]) => {
    const made = withIbanCheck(country, account)
    return isGrouped ? grouped(made) : made
  })

const phone = fc
  .tuple(
    fc.integer({ min: 1, max: 999 }),
    fc.array(digits(3), { minLength: 2, maxLength: 4 }),
    fc.constantFrom(' ', '-', '.', ''),
  )
  .map(([country, parts, mark]) => `+${country}${mark}${parts.join(mark)}`)
  .filter((text) => text.replace(/\D/g, '').length >= 7)

const key = fc
  .tuple(
    fc.constantFrom('sk-', 'ghp_', 'glpat-', 'xoxb-', 'npm_', 'hf_'),
    fc.stringMatching(/^[A-Za-z0-9]{24,48}$/),
  )
  .map(([prefix, rest]) => prefix + rest)

const jwt = fc
  .tuple(fc.stringMatching(/^[\w-]{20,60}$/), fc.stringMatching(/^[\w-]{20,60}$/))
  .map(([payload, signature]) => `eyJhbGciOiJIUzI1NiJ9.${payload}.${signature}`)

/** Made-up values that are valid of their kind. */
export const valuesOf = [
  ['email', email],
  ['card', card],
  ['iban', iban],
  ['phone', phone],
  ['ip of version 4', fc.ipV4()],
  ['ip of version 6', fc.ipV6().filter((text) => /\d/.test(text))],
  ['key', key],
  ['token', jwt],
] as const satisfies readonly (readonly [string, fc.Arbitrary<string>])[]
