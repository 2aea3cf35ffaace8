-- Vectors of a model server's, beside the built-in ones: the upper tier. The built-in
-- space always has every job; an upper one is filled in the background, and serves
-- once it has every open job too.
CREATE TABLE upper_spaces (
    role   TEXT PRIMARY KEY CHECK (role IN ('serving', 'filling')),
    name   TEXT    NOT NULL,
    dims   INTEGER NOT NULL CHECK (dims > 0),
    model  TEXT    NOT NULL,             -- as the server names it
    digest TEXT    NOT NULL,             -- of the model's files
    scales TEXT    NOT NULL CHECK (json_valid(scales))
) STRICT;

-- Which jobs have their vectors in an upper space, and of which state.
CREATE TABLE job_embeddings (
    job      INTEGER NOT NULL REFERENCES jobs (number) ON DELETE CASCADE,
    space    TEXT    NOT NULL,           -- key of vector_spaces
    revision INTEGER NOT NULL,           -- of the job that was read
    lexicon  TEXT    NOT NULL,           -- the skills found are part of the text
    PRIMARY KEY (job, space)
) STRICT, WITHOUT ROWID;

-- Vectors of the person's own texts in upper spaces: with them jobs are judged
-- also while the model server is away.
CREATE TABLE text_vectors (
    space  TEXT NOT NULL,                -- key of vector_spaces
    digest BLOB NOT NULL,                -- SHA-256 of the text
    vector BLOB NOT NULL,
    PRIMARY KEY (space, digest)
) STRICT, WITHOUT ROWID;
