-- What was found in a job's text, and by which lexicon and vector space.
CREATE TABLE job_enrichments (
    job      INTEGER PRIMARY KEY REFERENCES jobs (number) ON DELETE CASCADE,
    revision INTEGER NOT NULL,           -- of the job that was read
    lexicon  TEXT    NOT NULL,
    space    TEXT    NOT NULL            -- key of vector_spaces
) STRICT;

CREATE TABLE job_skills (
    job      INTEGER NOT NULL REFERENCES jobs (number) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    skill    TEXT    NOT NULL,
    need     TEXT    NOT NULL CHECK (need IN ('optional', 'named', 'required')),
    years    INTEGER,
    evidence TEXT    NOT NULL,
    PRIMARY KEY (job, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX job_skills_by_skill ON job_skills (skill);

-- Each space has vec0 tables of its own, made when it is first used, because a
-- vec0 table has one dimension: <stem>_jobs, <stem>_titles, <stem>_skills.
CREATE TABLE vector_spaces (
    key  TEXT PRIMARY KEY,               -- name/dims
    name TEXT    NOT NULL,
    dims INTEGER NOT NULL CHECK (dims > 0),
    stem TEXT    NOT NULL UNIQUE
) STRICT;

-- Labels of the rows of the <stem>_skills tables.
CREATE TABLE skill_labels (
    number INTEGER PRIMARY KEY,
    label  TEXT NOT NULL UNIQUE
) STRICT;

-- The verdict on a job, with all it rests on.
CREATE TABLE matches (
    job              INTEGER PRIMARY KEY REFERENCES jobs (number) ON DELETE CASCADE,
    revision         INTEGER NOT NULL,   -- of the job judged
    enrichment       INTEGER NOT NULL,   -- of the job judged
    profile_revision INTEGER NOT NULL,
    ranker           TEXT    NOT NULL,
    weights          TEXT    NOT NULL,   -- digest
    outcome          TEXT    NOT NULL CHECK (outcome IN ('pass', 'ask', 'fail')),
    score            REAL    NOT NULL,
    reason           TEXT    NOT NULL,   -- the strongest, one line
    verdict          TEXT    NOT NULL CHECK (json_valid(verdict))
) STRICT;
