-- Reports that were made, as they were. `inputs` is a digest of what one was made of:
-- the corpus, the person, the ranking and the options.
CREATE TABLE reports (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    kind    TEXT    NOT NULL,
    made_at INTEGER NOT NULL,
    inputs  BLOB    NOT NULL CHECK (length(inputs) = 32),
    said    TEXT    NOT NULL,            -- in one sentence
    report  TEXT    NOT NULL CHECK (json_valid(report))
) STRICT;

-- Skills the person learns, has learned or gave up, by label.
CREATE TABLE learning (
    skill      TEXT    PRIMARY KEY CHECK (skill <> ''),
    state      TEXT    NOT NULL CHECK (state IN ('learning', 'done', 'dropped')),
    started_at INTEGER NOT NULL,
    ended_at   INTEGER CHECK ((ended_at IS NULL) = (state = 'learning'))
) STRICT;
