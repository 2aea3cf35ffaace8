-- Who the person is and what they look for. Both count one revision, because
-- the ranking rests on both; every revision is kept, so that a decision can be
-- explained with what was known then.
CREATE TABLE profiles (
    revision    INTEGER PRIMARY KEY,
    file_name   TEXT    NOT NULL,
    imported_at INTEGER NOT NULL,
    profile     TEXT    NOT NULL CHECK (json_valid(profile))
) STRICT;

CREATE TABLE preferences (
    revision    INTEGER PRIMARY KEY,
    saved_at    INTEGER NOT NULL,
    preferences TEXT    NOT NULL CHECK (json_valid(preferences))
) STRICT;
