-- Every exchange with a model that answers in words: what was asked is known by its
-- digest, what came of it stands in words. The oldest are forgotten.
CREATE TABLE model_calls (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    at         INTEGER NOT NULL,          -- microseconds; when it ended
    task       TEXT    NOT NULL,          -- name of the prompt
    tier       TEXT    NOT NULL CHECK (tier IN ('ollama', 'openai-compatible')),
    model      TEXT    NOT NULL,
    prompt     BLOB    NOT NULL,          -- SHA-256 of the question and its schema
    about_kind TEXT    NOT NULL,          -- 'job', 'goal', 'application', 'document'
    about_id   TEXT    NOT NULL,
    tokens_in  INTEGER NOT NULL CHECK (tokens_in >= 0),
    tokens_out INTEGER NOT NULL CHECK (tokens_out >= 0),
    millis     INTEGER NOT NULL CHECK (millis >= 0),
    outcome    TEXT    NOT NULL
               CHECK (outcome IN ('ok', 'cached', 'invalid', 'refused', 'cut', 'failed')),
    why        TEXT    NOT NULL           -- in words, unless it went well
) STRICT;
CREATE INDEX model_calls_about ON model_calls (about_kind, about_id, id);

-- Answers that were used, so that the same question is asked of the same model once.
CREATE TABLE model_answers (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    prompt     BLOB NOT NULL,
    model      TEXT NOT NULL,             -- with the digest of its files
    parameters TEXT NOT NULL,
    answer     TEXT NOT NULL CHECK (json_valid(answer)),
    UNIQUE (prompt, model, parameters)
) STRICT;
