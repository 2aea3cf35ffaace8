-- What every registrable domain that was asked is remembered by, so that a restart
-- asks nobody earlier than it should.
CREATE TABLE manners (
    domain     TEXT    PRIMARY KEY,
    asked      INTEGER,                  -- when it was last asked
    pace       INTEGER NOT NULL,         -- the gap it was asked with, microseconds
    not_before INTEGER,                  -- its own wish
    failures   INTEGER NOT NULL,         -- in a row
    open_until INTEGER,                  -- left alone until then
    open_for   INTEGER NOT NULL,         -- for how long, microseconds
    cause      TEXT,                     -- why it is left alone
    challenged INTEGER NOT NULL          -- 1: it wants to see a person
) STRICT, WITHOUT ROWID;
