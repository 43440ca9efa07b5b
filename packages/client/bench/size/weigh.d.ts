/** What a page downloads of a module. Bytes after minification and gzip, each chunk by itself. */
export interface Weight {
  /** The entry and whatever it imports statically. */
  readonly firstLoadGz: number
  /** The modules of which something is in there. */
  readonly firstLoadModules: readonly string[]
  /** With every chunk that is imported later. */
  readonly everythingGz: number
  /** With every chunk that is imported later, but for those whose module `isLeftOut` names. */
  upToGz(isLeftOut: (module: string) => boolean): number
}
/** Bundles `source` as an application would, for production, with React outside. */
export declare function weigh(source: string, resolveDir: string): Promise<Weight>
//# sourceMappingURL=weigh.d.ts.map
