-- Boards the person follows, and the components that read them.
CREATE TABLE sources (
    id         BLOB PRIMARY KEY CHECK (length(id) = 16),
    plugin     TEXT    NOT NULL,
    key        TEXT    NOT NULL,         -- the board, as its plugin names it
    url        TEXT    NOT NULL,
    company    TEXT    NOT NULL,
    added_at   INTEGER NOT NULL,
    removed_at INTEGER,                  -- set: no longer followed; its jobs stay
    last_sync  INTEGER,
    last_error TEXT,                     -- why the last sync failed, or NULL
    UNIQUE (plugin, key)
) STRICT;

-- A plugin runs only while the file on disk has this SHA-256.
CREATE TABLE plugins (
    id           TEXT PRIMARY KEY,
    version      TEXT    NOT NULL,
    sha256       BLOB    NOT NULL CHECK (length(sha256) = 32),
    hosts        TEXT    NOT NULL CHECK (json_type(hosts) = 'array'),
    supports     TEXT    NOT NULL CHECK (json_type(supports) = 'array'),
    description  TEXT    NOT NULL,
    bytes        INTEGER NOT NULL,
    installed_at INTEGER NOT NULL
) STRICT;
