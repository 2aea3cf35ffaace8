-- The corpus. `number` is the row's id inside the database (full text, vectors
-- and the tables beside this one use it); `id` is the job's name outside.
CREATE TABLE jobs (
    number        INTEGER PRIMARY KEY,
    id            BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
    source        BLOB    NOT NULL REFERENCES sources (id),
    external_id   TEXT    NOT NULL,
    revision      INTEGER NOT NULL DEFAULT 1,  -- raised by each change of a fact
    enrichment    INTEGER NOT NULL DEFAULT 0,  -- raised by each enrichment
    first_seen    INTEGER NOT NULL,
    last_seen     INTEGER NOT NULL,
    last_seen_run INTEGER NOT NULL REFERENCES runs (id),
    closed_at     INTEGER,
    reposts       INTEGER NOT NULL DEFAULT 0,
    -- Place in the ranking: class (0 pass, 1 ask, 2 not ranked, 3 fail), then
    -- 100 less the score. One ascending index gives the order of a list.
    rank_class    INTEGER NOT NULL DEFAULT 2,
    rank_loss     REAL    NOT NULL DEFAULT 0,
    content_hash  BLOB    NOT NULL CHECK (length(content_hash) = 32),
    content_since INTEGER NOT NULL,
    stated_hash   BLOB    NOT NULL CHECK (length(stated_hash) = 32),
    fetched_from  TEXT,
    url           TEXT    NOT NULL,
    title         TEXT    NOT NULL,
    company       TEXT    NOT NULL,
    facts         TEXT    NOT NULL CHECK (json_valid(facts)),  -- the job less its description
    description   TEXT    NOT NULL
) STRICT;

CREATE INDEX jobs_by_source ON jobs (source, closed_at);
CREATE INDEX jobs_by_rank ON jobs (rank_class, rank_loss, id);
CREATE INDEX open_jobs_by_rank ON jobs (rank_class, rank_loss, id) WHERE closed_at IS NULL;
CREATE INDEX jobs_by_run ON jobs (last_seen_run);

-- The posting as the portal stated it last.
CREATE TABLE job_postings (
    job     INTEGER PRIMARY KEY REFERENCES jobs (number) ON DELETE CASCADE,
    posting TEXT NOT NULL CHECK (json_valid(posting))
) STRICT;

-- Earlier contents. The present one stands in `jobs`.
CREATE TABLE job_versions (
    job           INTEGER NOT NULL REFERENCES jobs (number) ON DELETE CASCADE,
    number        INTEGER NOT NULL,            -- from 1, in order of time
    content_hash  BLOB    NOT NULL CHECK (length(content_hash) = 32),
    first_seen    INTEGER NOT NULL,
    superseded_at INTEGER NOT NULL,
    title         TEXT    NOT NULL,
    description   TEXT    NOT NULL,
    PRIMARY KEY (job, number)
) STRICT;

-- Words. The text itself is read from `jobs`. `+` and `#` belong to words
-- such as C++ and C#.
CREATE VIRTUAL TABLE job_words USING fts5 (
    title, company, description,
    content = 'jobs', content_rowid = 'number',
    tokenize = "unicode61 remove_diacritics 2 tokenchars '+#'"
);

CREATE TRIGGER words_of_new_jobs AFTER INSERT ON jobs
BEGIN
    INSERT INTO job_words (rowid, title, company, description)
    VALUES (new.number, new.title, new.company, new.description);
END;

CREATE TRIGGER words_of_changed_jobs AFTER UPDATE OF title, company, description ON jobs
WHEN old.title IS NOT new.title OR old.company IS NOT new.company
    OR old.description IS NOT new.description
BEGIN
    INSERT INTO job_words (job_words, rowid, title, company, description)
    VALUES ('delete', old.number, old.title, old.company, old.description);
    INSERT INTO job_words (rowid, title, company, description)
    VALUES (new.number, new.title, new.company, new.description);
END;

CREATE TRIGGER words_of_deleted_jobs AFTER DELETE ON jobs
BEGIN
    INSERT INTO job_words (job_words, rowid, title, company, description)
    VALUES ('delete', old.number, old.title, old.company, old.description);
END;
