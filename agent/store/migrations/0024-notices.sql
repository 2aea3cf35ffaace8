-- What the person is to be told, and how far telling them has come.
CREATE TABLE notices (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    cause     TEXT    NOT NULL UNIQUE,   -- one cause is told of once
    kind      TEXT    NOT NULL,
    subject   TEXT    NOT NULL,          -- id of what it is about, or empty
    at        INTEGER NOT NULL,
    text      TEXT    NOT NULL,          -- names employers and titles: for this machine
    command   TEXT    NOT NULL,          -- what to type next
    lapses_at INTEGER                    -- not worth telling after that
) STRICT;

CREATE INDEX notices_by_time ON notices (at);

-- A row for each channel that is to tell of a notice.
CREATE TABLE notice_sendings (
    notice  INTEGER NOT NULL REFERENCES notices (id) ON DELETE CASCADE,
    channel TEXT    NOT NULL,
    state   TEXT    NOT NULL DEFAULT 'waiting'
            CHECK (state IN ('waiting', 'sent', 'given-up', 'moot')),
    tries   INTEGER NOT NULL DEFAULT 0,
    not_before INTEGER NOT NULL,         -- the next try
    ended_at   INTEGER,
    problem TEXT    NOT NULL DEFAULT '', -- why the last try failed, or why there is none
    PRIMARY KEY (notice, channel)
) STRICT, WITHOUT ROWID;

CREATE INDEX notice_sendings_waiting ON notice_sendings (channel, not_before) WHERE state = 'waiting';

-- When a channel told of something, for the most it may in an hour.
CREATE TABLE notice_tellings (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    channel TEXT    NOT NULL,
    at      INTEGER NOT NULL
) STRICT;

CREATE INDEX notice_tellings_by_time ON notice_tellings (channel, at);
