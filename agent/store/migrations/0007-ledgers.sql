-- Every exchange with another host, also the refused ones.
CREATE TABLE egress (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    at        INTEGER NOT NULL,
    component TEXT    NOT NULL,
    purpose   TEXT    NOT NULL,
    method    TEXT    NOT NULL,
    url       TEXT    NOT NULL,
    host      TEXT    NOT NULL,
    status    INTEGER,                   -- NULL: no answer came
    bytes_out INTEGER NOT NULL,
    bytes_in  INTEGER NOT NULL,
    refusal   TEXT                       -- why it was refused or failed
) STRICT;

CREATE INDEX egress_by_host ON egress (host, component, purpose);

CREATE TABLE settings (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
