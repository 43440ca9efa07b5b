/**
 * The tables of a workspace's store, made to be read by people with SQL too:
 * `sqlite3 .evenkeel/store.sqlite "SELECT outcome, count(*) FROM runs GROUP BY outcome"`.
 *
 * - `runs`: one row a run. Times named `…_ms` are milliseconds from the trigger, except
 *   `started_at_ms` and `received_at_ms`, which are milliseconds since the epoch. `prompt` is
 *   `name@version#hash`. `thumbs` is the latest thumbs signal (1, -1, 0 withdrawn, NULL never given) and
 *   `regenerated` says whether a regenerate signal exists; both are kept in step with `signals`.
 *   `first_token_ms` is when the user saw the first words, whoever's; `model_first_token_ms` is the same where a
 *   model wrote them, and NULL where they were a template's or of an earlier answer: figures are of the latter.
 *   `record` is the whole run record as JSON.
 * - `attempts`: one row a try at a step, in the order they were made (`ordinal` from 0).
 *   `failure` is NULL for the attempt that answered.
 * - `signals`: one row a signal; the newest `at_ms` of a `signal_id` stands. `reasons` is a JSON array.
 *   A signal may be here before its run, or without it where the run was sampled away.
 * - `spans`: spans that belong to no run (yet): attempts whose root has not arrived, and what other
 *   instrumentation sent. `body` is the span as OTLP/JSON with its resource and scope. Bounded.
 * - `drops`: how many records and signals never came, one row for each page that gave any up, by reason.
 *   A page's counts only grow.
 *
 * Each entry takes the store one version up (`PRAGMA user_version`); entries are only ever appended.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE runs (
    run_id TEXT PRIMARY KEY,
    span_id TEXT NOT NULL,
    feature TEXT NOT NULL,
    interaction TEXT NOT NULL,
    intent TEXT,
    path TEXT,
    environment TEXT NOT NULL,
    service TEXT NOT NULL,
    build TEXT,
    outcome TEXT NOT NULL,
    fallback_cause TEXT,
    level INTEGER NOT NULL,
    level_by TEXT NOT NULL,
    started_at_ms INTEGER NOT NULL,
    settled_ms REAL NOT NULL,
    first_token_ms REAL,
    complete_ms REAL,
    budget_first_token_ms REAL,
    budget_complete_ms REAL NOT NULL,
    attempts INTEGER NOT NULL,
    prompt TEXT,
    prompt_name TEXT,
    prompt_version TEXT,
    prompt_hash TEXT,
    request_model TEXT,
    response_model TEXT,
    context TEXT,
    input_tokens INTEGER,
    output_tokens INTEGER,
    answer_length INTEGER NOT NULL,
    cold INTEGER,
    conversation_id TEXT,
    turn INTEGER,
    session_id TEXT,
    tenant TEXT,
    user_id TEXT,
    cohort TEXT,
    route TEXT,
    connection TEXT,
    synthetic INTEGER NOT NULL,
    weight REAL NOT NULL,
    thumbs INTEGER,
    regenerated INTEGER NOT NULL DEFAULT 0,
    received_at_ms INTEGER NOT NULL,
    record TEXT NOT NULL
  );

  -- Lists, newest first. The outcome is last so that its filter needs no visit to the table.
  CREATE INDEX runs_listed ON runs (started_at_ms, outcome);
  CREATE INDEX runs_of_feature ON runs (feature, started_at_ms, outcome);
  CREATE INDEX runs_of_environment ON runs (environment, started_at_ms, outcome);
  CREATE INDEX runs_of_both ON runs (environment, feature, started_at_ms, outcome);

  -- Figures read indexes only. Synthetic runs are in no figure, so they are in none of these.
  CREATE INDEX runs_seen ON runs (environment, started_at_ms) WHERE synthetic = 0;
  CREATE INDEX runs_counted ON runs (environment, feature, outcome, started_at_ms, weight, thumbs,
    regenerated, first_token_ms, complete_ms) WHERE synthetic = 0;
  CREATE INDEX runs_by_first_token ON runs (environment, feature, first_token_ms, started_at_ms, weight)
    WHERE synthetic = 0 AND first_token_ms IS NOT NULL;
  CREATE INDEX runs_by_complete ON runs (environment, feature, complete_ms, started_at_ms, weight)
    WHERE synthetic = 0 AND complete_ms IS NOT NULL;

  CREATE TABLE attempts (
    run_id TEXT NOT NULL REFERENCES runs (run_id) ON DELETE CASCADE,
    span_id TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    step TEXT NOT NULL,
    tier TEXT,
    domain TEXT,
    hedge INTEGER NOT NULL,
    started_ms REAL NOT NULL,
    ended_ms REAL NOT NULL,
    first_token_ms REAL,
    failure TEXT,
    detail TEXT,
    status INTEGER,
    protocol TEXT,
    verified INTEGER NOT NULL,
    finish_reason TEXT,
    request_model TEXT,
    response_model TEXT,
    input_tokens INTEGER,
    output_tokens INTEGER,
    PRIMARY KEY (run_id, span_id)
  ) WITHOUT ROWID;

  CREATE TABLE signals (
    signal_id TEXT PRIMARY KEY,
    run_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    value REAL,
    reasons TEXT NOT NULL,
    comment TEXT,
    ordinal INTEGER,
    replaced_by TEXT,
    feature TEXT NOT NULL,
    environment TEXT NOT NULL,
    prompt TEXT,
    request_model TEXT,
    response_model TEXT,
    level INTEGER NOT NULL,
    synthetic INTEGER NOT NULL,
    weight REAL NOT NULL,
    received_at_ms INTEGER NOT NULL,
    record TEXT NOT NULL
  );

  CREATE INDEX signals_of_run ON signals (run_id, kind, at_ms);

  CREATE TABLE spans (
    trace_id TEXT NOT NULL,
    span_id TEXT NOT NULL,
    parent_span_id TEXT,
    name TEXT NOT NULL,
    received_at_ms INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (trace_id, span_id)
  );

  CREATE INDEX spans_by_age ON spans (received_at_ms);
  `,
  `
  -- What users said is counted by the signals' own weight.
  CREATE INDEX signals_counted ON signals (environment, feature, kind, at_ms, value, weight, run_id, signal_id)
    WHERE synthetic = 0;
  `,
  `
  CREATE TABLE drops (
    report_id TEXT PRIMARY KEY,
    environment TEXT NOT NULL,
    service TEXT,
    build TEXT,
    at_ms INTEGER NOT NULL,
    "full" INTEGER NOT NULL,
    refused INTEGER NOT NULL,
    expired INTEGER NOT NULL,
    scope INTEGER NOT NULL,
    filtered INTEGER NOT NULL,
    unjournaled INTEGER NOT NULL,
    received_at_ms INTEGER NOT NULL
  );

  CREATE INDEX drops_of_environment ON drops (environment, at_ms);
  `,
  `
  -- The percentiles of the first token are of what models showed; see first-token-of-model.ts.
  ALTER TABLE runs ADD COLUMN model_first_token_ms REAL;
  UPDATE runs SET model_first_token_ms = first_token_ms
  WHERE EXISTS (SELECT 1 FROM attempts
      WHERE attempts.run_id = runs.run_id AND step = 'model' AND attempts.first_token_ms IS NOT NULL)
    OR NOT EXISTS (SELECT 1 FROM attempts
      WHERE attempts.run_id = runs.run_id AND step <> 'model' AND attempts.first_token_ms IS NOT NULL);

  DROP INDEX runs_counted;
  CREATE INDEX runs_counted ON runs (environment, feature, outcome, started_at_ms, weight, thumbs,
    regenerated, model_first_token_ms, complete_ms) WHERE synthetic = 0;
  DROP INDEX runs_by_first_token;
  CREATE INDEX runs_by_model_first_token ON runs (environment, feature, model_first_token_ms, started_at_ms, weight)
    WHERE synthetic = 0 AND model_first_token_ms IS NOT NULL;
  `,
]
