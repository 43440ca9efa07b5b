/** This package's version, which the collector tells so that an editor knows whom it speaks to. */
export const VERSION = '0.1.0'
