/** The interface that zod, Valibot, ArkType and others share; https://standardschema.dev */
export type { StandardSchemaV1 } from '@standard-schema/spec'
