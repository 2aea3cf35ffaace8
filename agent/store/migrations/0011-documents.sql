-- Files of the person that forms ask for. The bytes are kept once; a row of
-- `documents` says that they were the CV or the letter from then on.
CREATE TABLE document_files (
    sha256 BLOB PRIMARY KEY CHECK (length(sha256) = 32),
    bytes  BLOB NOT NULL CHECK (length(bytes) BETWEEN 1 AND 16777216)
) STRICT;

CREATE TABLE documents (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    kind      TEXT    NOT NULL CHECK (kind IN ('cv', 'letter')),
    file_name TEXT    NOT NULL CHECK (file_name <> ''),
    sha256    BLOB    NOT NULL REFERENCES document_files (sha256),
    saved_at  INTEGER NOT NULL
) STRICT;

CREATE INDEX documents_by_kind ON documents (kind, id);
CREATE INDEX documents_by_file ON documents (sha256, id);

CREATE TRIGGER document_files_are_never_changed BEFORE UPDATE ON document_files
BEGIN
    SELECT RAISE(ABORT, 'files are kept by their content');
END;
