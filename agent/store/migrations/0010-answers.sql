-- The answer bank: what the person answered once, for the next form that asks.
CREATE TABLE answers (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    key        TEXT    NOT NULL UNIQUE CHECK (key <> ''),  -- the question in its normal form
    question   TEXT    NOT NULL,                           -- as a form worded it last
    kind       TEXT    NOT NULL CHECK (json_valid(kind)),
    options    TEXT    NOT NULL CHECK (json_type(options) = 'array'),
    value      TEXT    NOT NULL CHECK (json_valid(value)),
    class      TEXT    NOT NULL CHECK (class <> ''),
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    used       INTEGER NOT NULL DEFAULT 0
) STRICT;

-- What the form of one application still wants to know.
CREATE TABLE questions (
    application BLOB    NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    ordinal     INTEGER NOT NULL,                          -- position in the form
    key         TEXT    NOT NULL CHECK (key <> ''),
    label       TEXT    NOT NULL,
    help        TEXT,
    kind        TEXT    NOT NULL CHECK (json_valid(kind)),
    required    INTEGER NOT NULL CHECK (required IN (0, 1)),
    options     TEXT    NOT NULL CHECK (json_type(options) = 'array'),
    class       TEXT    NOT NULL CHECK (class <> ''),
    suggestion  TEXT CHECK (suggestion IS NULL OR json_valid(suggestion)),
    answered    INTEGER NOT NULL DEFAULT 0 CHECK (answered IN (0, 1)),
    PRIMARY KEY (application, ordinal)
) STRICT, WITHOUT ROWID;

-- What the person said for this one form. Two questions of a form may share a
-- key ("please specify"), so the position counts too.
CREATE TABLE given_answers (
    application BLOB    NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    key         TEXT    NOT NULL CHECK (key <> ''),
    ordinal     INTEGER NOT NULL,
    label       TEXT    NOT NULL,
    value       TEXT    NOT NULL CHECK (json_valid(value)),
    at          INTEGER NOT NULL,
    PRIMARY KEY (application, key, ordinal)
) STRICT, WITHOUT ROWID;
