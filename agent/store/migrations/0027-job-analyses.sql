-- What a model read out of a posting without seeing the profile. Each claim's quote was
-- found in the text.
CREATE TABLE job_analyses (
    job      INTEGER PRIMARY KEY REFERENCES jobs (number) ON DELETE CASCADE,
    revision INTEGER NOT NULL,            -- of the job that was read
    at       INTEGER NOT NULL,
    tier     TEXT    NOT NULL,
    model    TEXT    NOT NULL,
    claims   TEXT    NOT NULL CHECK (json_valid(claims))
) STRICT;
