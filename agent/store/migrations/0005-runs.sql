-- Work that must survive a kill: a run and its steps, one per source. The
-- cursor of a source is written with the page it follows, in one transaction.
CREATE TABLE runs (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    kind        TEXT    NOT NULL,
    started_at  INTEGER NOT NULL,
    finished_at INTEGER,
    outcome     TEXT CHECK (outcome IS NULL OR json_valid(outcome))
) STRICT;

CREATE INDEX unfinished_runs ON runs (id) WHERE finished_at IS NULL;

CREATE TABLE run_sources (
    run      INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    source   BLOB    NOT NULL REFERENCES sources (id),
    position INTEGER NOT NULL,
    state    TEXT    NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed')),
    cursor   TEXT,                       -- where the next page starts; NULL: at the first
    attempts INTEGER NOT NULL DEFAULT 0,
    error    TEXT,
    counters TEXT    NOT NULL CHECK (json_valid(counters)),
    PRIMARY KEY (run, source)
) STRICT, WITHOUT ROWID;
