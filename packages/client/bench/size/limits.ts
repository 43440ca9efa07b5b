/** What the library aims at, in bytes; `npm run bench -- size` fails past them. */
export const BUDGETS = {
  first_load_gz: 14_000,
  first_run_gz: 22_000,
  markdown_gz: 25_000,
  ratio_vs_usechat: 0.25,
}

/**
 * What the tests let pass, in bytes: what is carried now, with room for a small change. Whoever makes the
 * library lighter lowers them; whoever has to raise one says in the commit what the bytes buy.
 */
export const LIMITS = {
  first_load_gz: 13_350,
  first_run_gz: 31_300,
  first_run_worst_gz: 56_000,
  markdown_gz: 25_000,
}
