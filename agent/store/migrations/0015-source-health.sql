-- What each sync found on a board: the evidence the next one is judged by. An
-- alarm holds back the closing of jobs until a second run confirms it or the
-- person accepts it.
CREATE TABLE source_readings (
    source  BLOB    NOT NULL REFERENCES sources (id),
    run     INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    at      INTEGER NOT NULL,
    state   TEXT    NOT NULL CHECK (state IN ('fine', 'alarm', 'confirmed', 'accepted')),
    reading TEXT    NOT NULL CHECK (json_valid(reading)),
    alarms  TEXT    NOT NULL CHECK (json_type(alarms) = 'array'),  -- in words
    PRIMARY KEY (source, run)
) STRICT, WITHOUT ROWID;

-- Jobs that their board lists without a description, and what the own page of
-- each said. `listed` is the hash of what the list says now, `read_for` of what
-- it said when the page was read.
CREATE TABLE job_details (
    job      INTEGER PRIMARY KEY REFERENCES jobs (number) ON DELETE CASCADE,
    listed   BLOB    NOT NULL CHECK (length(listed) = 32),
    read_for BLOB    CHECK (length(read_for) = 32),
    posting  TEXT    CHECK (json_valid(posting)),  -- as the page stated it; NULL: gone or never read
    tried_in INTEGER REFERENCES runs (id) ON DELETE SET NULL,
    failures INTEGER NOT NULL DEFAULT 0            -- in a row, since the list changed
) STRICT;

CREATE INDEX job_details_by_run ON job_details (tried_in);

-- Boards named in postings, which the person may want to follow.
CREATE TABLE learned_boards (
    plugin   TEXT    NOT NULL,
    key      TEXT    NOT NULL,
    url      TEXT    NOT NULL,
    company  TEXT    NOT NULL,
    job      INTEGER REFERENCES jobs (number) ON DELETE SET NULL,  -- the first that named it
    found_at INTEGER NOT NULL,
    PRIMARY KEY (plugin, key)
) STRICT, WITHOUT ROWID;

-- Jobs whose links were looked at, and at which of their revisions.
CREATE TABLE job_links_read (
    job      INTEGER PRIMARY KEY REFERENCES jobs (number) ON DELETE CASCADE,
    revision INTEGER NOT NULL
) STRICT;

-- Boards of the directory that were asked whether they are there.
CREATE TABLE directory_checks (
    url        TEXT PRIMARY KEY,
    checked_at INTEGER NOT NULL,
    openings   INTEGER,                            -- NULL: it did not answer
    error      TEXT
) STRICT;
