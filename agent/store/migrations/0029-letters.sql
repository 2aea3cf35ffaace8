-- Letters to employers. The bytes lie with all files, by their content; a row says
-- whom a letter is for, who wrote it, and what each of its claims rests on. Two postings
-- may get a letter of the same words.
CREATE TABLE letters (
    sha256    BLOB    NOT NULL REFERENCES document_files (sha256),
    made_from BLOB    NOT NULL CHECK (length(made_from) = 32), -- SHA-256 of all that was put in
    job       BLOB    REFERENCES jobs (id),                    -- none for a pasted posting
    title     TEXT    NOT NULL,
    employer  TEXT    NOT NULL,
    written   TEXT    NOT NULL,                                -- JSON: by whom, how, what it rests on
    pdf       BLOB    REFERENCES document_files (sha256),      -- as it was printed first
    made_at   INTEGER NOT NULL,
    PRIMARY KEY (sha256, made_from)
) STRICT, WITHOUT ROWID;
CREATE INDEX letters_by_input ON letters (made_from);
CREATE INDEX letters_by_job ON letters (job, made_at);
CREATE INDEX letters_by_pdf ON letters (pdf);

CREATE TRIGGER letters_are_never_changed
BEFORE UPDATE OF sha256, made_from, job, title, employer, written ON letters
BEGIN
    SELECT RAISE(ABORT, 'a letter is not changed: another is made');
END;
CREATE TRIGGER letters_are_printed_once BEFORE UPDATE OF pdf ON letters
WHEN old.pdf IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'a letter is printed once');
END;
