-- CVs the person keeps beside the one their profile is read from, each under a
-- name, with what it was read to state. The bytes are kept as those of all files.
CREATE TABLE cv_variants (
    name        TEXT    PRIMARY KEY CHECK (name NOT IN ('', 'main')),
    file_name   TEXT    NOT NULL CHECK (file_name <> ''),
    sha256      BLOB    NOT NULL REFERENCES document_files (sha256),
    imported_at INTEGER NOT NULL,
    profile     TEXT    NOT NULL CHECK (json_valid(profile))
) STRICT;

-- Which CV goes along with an application: what the person chose, if they did,
-- and what the form was last filled with. A name stays when its CV is removed:
-- a form must not be sent with a file the person took back.
CREATE TABLE application_cvs (
    application BLOB PRIMARY KEY REFERENCES applications (id) ON DELETE CASCADE,
    chosen      TEXT CHECK (chosen <> ''),
    filled      TEXT CHECK (filled <> ''),
    file_name   TEXT NOT NULL DEFAULT '',
    why         TEXT NOT NULL DEFAULT ''
) STRICT;
