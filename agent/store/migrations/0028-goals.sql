-- Goals: what the person asked for in a sentence, its plan, and how far it got.
-- A step is a row, so that a goal goes on from its last finished step.
CREATE TABLE goals (
    id         BLOB    PRIMARY KEY CHECK (length(id) = 16),
    sentence   TEXT    NOT NULL CHECK (sentence <> ''),
    plan       TEXT    NOT NULL CHECK (json_valid(plan)),
    planner    TEXT    NOT NULL,                -- the model that made the plan, or ''
    why        TEXT    NOT NULL,                -- why rules made it, or ''
    state      TEXT    NOT NULL CHECK (state IN
                   ('working', 'waiting', 'standing', 'done', 'dead', 'cancelled')),
    note       TEXT    NOT NULL,                -- one line about the state
    made_at    INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    worked_ms  INTEGER NOT NULL DEFAULT 0,      -- of the present round
    round      INTEGER NOT NULL DEFAULT 1,      -- a standing goal has one after each sync
    sync       INTEGER NOT NULL DEFAULT 0       -- the last sync that a round followed
) STRICT;

CREATE INDEX goals_by_age ON goals (made_at, id);
CREATE INDEX goals_at_work ON goals (made_at) WHERE state IN ('working', 'standing');

CREATE TABLE goal_steps (
    goal     BLOB    NOT NULL REFERENCES goals (id) ON DELETE CASCADE,
    round    INTEGER NOT NULL,
    position INTEGER NOT NULL,
    name     TEXT    NOT NULL,
    work     TEXT    NOT NULL CHECK (json_valid(work)),
    state    TEXT    NOT NULL CHECK (state IN
                 ('queued', 'running', 'done', 'failed', 'dead', 'skipped')),
    tries    INTEGER NOT NULL DEFAULT 0,        -- that failed; a kill is none
    next_at  INTEGER,                           -- not before this time
    result   TEXT    NOT NULL DEFAULT 'null' CHECK (json_valid(result)),
    note     TEXT    NOT NULL DEFAULT '',       -- what came of it, or why it failed
    PRIMARY KEY (goal, round, position),
    UNIQUE (goal, round, name)
) STRICT, WITHOUT ROWID;

-- What a goal prepared, each opening once. The row is there before the form is
-- opened: a day's allowance is used up first, and the work done after.
CREATE TABLE goal_drafts (
    goal     BLOB    NOT NULL REFERENCES goals (id) ON DELETE CASCADE,
    job      BLOB    NOT NULL CHECK (length(job) = 16),
    day      TEXT    NOT NULL,                  -- YYYY-MM-DD in the person's zone
    tries    INTEGER NOT NULL DEFAULT 1,
    counts   INTEGER NOT NULL DEFAULT 1 CHECK (counts IN (0, 1)),  -- 0: it could not be prepared
    note     TEXT    NOT NULL DEFAULT '',
    PRIMARY KEY (goal, job)
) STRICT, WITHOUT ROWID;
