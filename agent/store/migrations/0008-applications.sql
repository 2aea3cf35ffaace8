-- Applications. `state` is the whole state of the state machine; what else
-- stands here is for lists and rules.
CREATE TABLE applications (
    id            BLOB PRIMARY KEY CHECK (length(id) = 16),
    job           BLOB REFERENCES jobs (id) ON DELETE SET NULL,
    opening       TEXT    NOT NULL CHECK (opening <> ''),  -- the same opening on any board, at any time
    employer      TEXT    NOT NULL,
    title         TEXT    NOT NULL,
    url           TEXT    NOT NULL,
    revision      INTEGER NOT NULL DEFAULT 1,              -- raised by each step
    created_at    INTEGER NOT NULL,
    changed_at    INTEGER NOT NULL,
    waiting_since INTEGER,                                 -- set while the person must do something
    expires_at    INTEGER CHECK (expires_at IS NULL OR waiting_since IS NOT NULL),
    state         TEXT    NOT NULL CHECK (json_valid(state)),
    stage         TEXT    NOT NULL AS (state ->> '$.stage') STORED CHECK (stage <> ''),
    UNIQUE (id, opening)
) STRICT;

-- One application per opening, unless it ended before anything was sent.
-- A stage that is not named here keeps the opening taken for ever.
CREATE UNIQUE INDEX one_application_per_opening ON applications (opening)
    WHERE stage NOT IN ('closed', 'discarded');

CREATE INDEX applications_by_opening ON applications (opening);
CREATE INDEX applications_by_job ON applications (job);
CREATE INDEX applications_by_age ON applications (created_at, id);
CREATE INDEX applications_by_stage ON applications (stage, created_at, id);
CREATE INDEX applications_by_expiry ON applications (expires_at) WHERE expires_at IS NOT NULL;

CREATE TRIGGER applications_keep_their_opening BEFORE UPDATE OF id, opening ON applications
WHEN old.id IS NOT new.id OR old.opening IS NOT new.opening
BEGIN
    SELECT RAISE(ABORT, 'an application keeps its id and opening');
END;

-- The history of one application, out of the record of everything.
CREATE INDEX application_events ON events (subject, id)
    WHERE kind >= 'application.' AND kind < 'application/';
