-- What happened, in order. Current state lives in the other tables; a row here
-- is written in the same transaction as the state it tells of.
CREATE TABLE events (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    at      INTEGER NOT NULL,            -- microseconds since 1970, UTC, as all times here
    kind    TEXT    NOT NULL,            -- dotted: job.new
    subject TEXT    NOT NULL,            -- id of what it is about, or empty
    text    TEXT    NOT NULL,            -- one line for a person
    detail  TEXT    NOT NULL CHECK (json_valid(detail))
) STRICT;

CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
BEGIN
    SELECT RAISE(ABORT, 'events are append-only');
END;

CREATE TRIGGER events_are_never_deleted BEFORE DELETE ON events
BEGIN
    SELECT RAISE(ABORT, 'events are append-only');
END;
