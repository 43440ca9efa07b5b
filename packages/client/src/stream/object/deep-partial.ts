/** What may have arrived so far of a value that streams in: any property or element may still be missing. */
export type DeepPartial<T> = T extends (infer Element)[]
  ? DeepPartial<Element>[]
  : T extends readonly (infer Element)[]
    ? readonly DeepPartial<Element>[]
    : T extends object
      ? { [Key in keyof T]?: DeepPartial<T[Key]> }
      : T
