/** A schema that can describe itself; https://standardschema.dev/json-schema */
interface Describing {
  readonly jsonSchema?: { input(options: { readonly target: string }): unknown }
}

/**
 * The names of properties that stand in a schema, so that they are the app's own words. A key that is none of
 * them was made by the model, as in a record of people by their names, and is content. Empty where the schema cannot
 * describe itself: then nobody can tell the one from the other.
 */
export function declaredNames(schema: { readonly '~standard': object }): ReadonlySet<string> {
  const names = new Set<string>()
  try {
    const { jsonSchema } = schema['~standard'] as Describing
    JSON.stringify(jsonSchema?.input({ target: 'draft-2020-12' }), (key, value: unknown) => {
      if (key === 'properties') for (const name of Object.keys(value as object)) names.add(name)
      return value
    })
  } catch {
    // It has a type that JSON Schema has no word for.
  }
  return names
}
