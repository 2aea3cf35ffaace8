-- The ranking in narrow rows of its own, apart from the postings: a new order of
-- all jobs is read and written without touching a description.

-- What verdicts were made for, one row per change of it. The last one is meant.
CREATE TABLE rankings (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    profile_revision INTEGER NOT NULL,
    ranker           TEXT    NOT NULL,
    weights          TEXT    NOT NULL
) STRICT;

DROP TABLE matches;

-- The standing of each job, from its first day on.
CREATE TABLE matches (
    job        INTEGER PRIMARY KEY REFERENCES jobs (number) ON DELETE CASCADE,
    id         BLOB    NOT NULL,         -- the job's name outside: it breaks ties
    closed     INTEGER NOT NULL CHECK (closed IN (0, 1)),
    class      INTEGER NOT NULL DEFAULT 2,  -- 0 pass, 1 ask, 2 not judged, 3 fail
    score      REAL,
    points     REAL    NOT NULL DEFAULT 0,  -- by which likes and hides move it
    ranking    INTEGER,
    revision   INTEGER,                  -- of the job judged
    enrichment INTEGER,                  -- of the job judged
    reason     TEXT,                     -- the strongest, one line
    outcome    TEXT GENERATED ALWAYS AS
        (CASE class WHEN 0 THEN 'pass' WHEN 1 THEN 'ask' WHEN 3 THEN 'fail' END) VIRTUAL,
    loss       REAL GENERATED ALWAYS AS (coalesce(100.0 - score, 0.0) - points) VIRTUAL
) STRICT;

-- The order of a list. Written anew as a whole with a new ranking, and row by
-- row by the triggers below.
CREATE TABLE rank_order (
    closed INTEGER NOT NULL,
    class  INTEGER NOT NULL,
    loss   REAL    NOT NULL,
    id     BLOB    NOT NULL,
    job    INTEGER NOT NULL,
    PRIMARY KEY (closed, class, loss, id)
) STRICT, WITHOUT ROWID;

INSERT INTO matches (job, id, closed) SELECT number, id, closed_at IS NOT NULL FROM jobs;
INSERT INTO rank_order SELECT closed, class, loss, id, job FROM matches ORDER BY 1, 2, 3, 4;

CREATE TRIGGER new_matches_have_a_place AFTER INSERT ON matches
BEGIN
    INSERT INTO rank_order SELECT closed, class, loss, id, job FROM matches WHERE job = new.job;
END;

CREATE TRIGGER matches_move AFTER UPDATE OF closed, points ON matches
WHEN old.closed IS NOT new.closed OR old.points IS NOT new.points
BEGIN
    DELETE FROM rank_order
    WHERE closed = old.closed AND class = old.class AND loss = old.loss AND id = old.id;
    INSERT INTO rank_order SELECT closed, class, loss, id, job FROM matches WHERE job = new.job;
END;

CREATE TRIGGER gone_matches_have_no_place AFTER DELETE ON matches
BEGIN
    DELETE FROM rank_order
    WHERE closed = old.closed AND class = old.class AND loss = old.loss AND id = old.id;
END;

-- What judging needs of each open job, in few bytes (agent-core, matching/brief).
CREATE TABLE briefs (
    job        INTEGER PRIMARY KEY REFERENCES jobs (number) ON DELETE CASCADE,
    revision   INTEGER NOT NULL,
    enrichment INTEGER NOT NULL,
    brief      BLOB    NOT NULL
) STRICT;

-- Open jobs whose brief is to be made and judged. A job that changes meanwhile
-- is here again, with another ticket.
CREATE TABLE rank_queue (
    ticket INTEGER PRIMARY KEY AUTOINCREMENT,
    job    INTEGER NOT NULL UNIQUE REFERENCES jobs (number) ON DELETE CASCADE
) STRICT;

INSERT INTO rank_queue (job) SELECT number FROM jobs WHERE closed_at IS NULL;

CREATE TRIGGER new_jobs_are_judged AFTER INSERT ON jobs
BEGIN
    INSERT INTO matches (job, id, closed) VALUES (new.number, new.id, new.closed_at IS NOT NULL);
    INSERT OR REPLACE INTO rank_queue (job) SELECT new.number WHERE new.closed_at IS NULL;
    DELETE FROM list_counts;
END;

CREATE TRIGGER changed_jobs_are_judged AFTER UPDATE OF revision, enrichment, facts ON jobs
WHEN new.closed_at IS NULL AND (old.revision IS NOT new.revision
    OR old.enrichment IS NOT new.enrichment OR old.facts IS NOT new.facts)
BEGIN
    INSERT OR REPLACE INTO rank_queue (job) VALUES (new.number);
END;

CREATE TRIGGER closed_jobs_are_not_judged AFTER UPDATE OF closed_at ON jobs
WHEN old.closed_at IS NULL AND new.closed_at IS NOT NULL
BEGIN
    DELETE FROM briefs WHERE job = new.number;
    DELETE FROM rank_queue WHERE job = new.number;
    UPDATE matches SET closed = 1 WHERE job = new.number;
    DELETE FROM list_counts;
END;

CREATE TRIGGER reopened_jobs_are_judged AFTER UPDATE OF closed_at ON jobs
WHEN old.closed_at IS NOT NULL AND new.closed_at IS NULL
BEGIN
    INSERT OR REPLACE INTO rank_queue (job) VALUES (new.number);
    UPDATE matches SET closed = 0 WHERE job = new.number;
    DELETE FROM list_counts;
END;

-- Verdicts with their sentences, of the jobs at the head of the list. All others
-- are made when they are asked for.
CREATE TABLE verdicts (
    job        INTEGER PRIMARY KEY REFERENCES jobs (number) ON DELETE CASCADE,
    ranking    INTEGER NOT NULL,
    revision   INTEGER NOT NULL,
    enrichment INTEGER NOT NULL,
    verdict    TEXT    NOT NULL CHECK (json_valid(verdict))
) STRICT;

-- How many jobs a list has, and how many more another posting of the same
-- opening stands for. Rows are there as long as they are right.
CREATE TABLE list_counts (
    closed INTEGER NOT NULL,             -- closed ones too
    failed INTEGER NOT NULL,             -- those that fail too
    listed INTEGER NOT NULL,
    folded INTEGER NOT NULL,
    PRIMARY KEY (closed, failed)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER new_members_are_counted AFTER INSERT ON cluster_members
BEGIN
    DELETE FROM list_counts;
END;

CREATE TRIGGER changed_members_are_counted AFTER UPDATE ON cluster_members
BEGIN
    DELETE FROM list_counts;
END;

CREATE TRIGGER gone_members_are_counted AFTER DELETE ON cluster_members
BEGIN
    DELETE FROM list_counts;
END;

CREATE TRIGGER gone_jobs_are_counted AFTER DELETE ON jobs
BEGIN
    DELETE FROM list_counts;
END;

DROP INDEX jobs_by_rank;
DROP INDEX open_jobs_by_rank;
ALTER TABLE jobs DROP COLUMN rank_class;
ALTER TABLE jobs DROP COLUMN rank_loss;

-- The indices above also told open jobs from closed ones.
CREATE INDEX open_jobs ON jobs (number) WHERE closed_at IS NULL;
