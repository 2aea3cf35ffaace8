-- What a person approves, that they did, that it was tried, and what came back.

-- The bytes that are shown and signed. A row never changes.
CREATE TABLE manifests (
    digest      BLOB PRIMARY KEY CHECK (length(digest) = 32),
    application BLOB    NOT NULL REFERENCES applications (id),
    saved_at    INTEGER NOT NULL,
    bytes       BLOB    NOT NULL CHECK (length(bytes) > 0),
    screenshot  BLOB,
    recipe      TEXT    NOT NULL CHECK (json_valid(recipe)),    -- to open and fill
    fillings    TEXT    NOT NULL CHECK (json_valid(fillings)),  -- the form once more
    UNIQUE (application, digest)
) STRICT;

CREATE TRIGGER manifests_are_never_changed BEFORE UPDATE ON manifests
BEGIN
    SELECT RAISE(ABORT, 'manifests are immutable');
END;

CREATE TRIGGER manifests_are_never_deleted BEFORE DELETE ON manifests
BEGIN
    SELECT RAISE(ABORT, 'manifests are immutable');
END;

CREATE TABLE approvals (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    application BLOB    NOT NULL,
    manifest    BLOB    NOT NULL,
    bytes       BLOB    NOT NULL UNIQUE,                        -- what was signed, as it came
    signature   BLOB    NOT NULL CHECK (length(signature) = 64),
    key         BLOB    NOT NULL CHECK (length(key) = 32),
    signed_at   INTEGER NOT NULL,
    valid_until INTEGER NOT NULL CHECK (valid_until > signed_at),
    saved_at    INTEGER NOT NULL,
    state       TEXT    NOT NULL DEFAULT 'live'
                CHECK (state IN ('live', 'used', 'dropped', 'expired')),
    ended_at    INTEGER,
    why         TEXT,                                           -- it was dropped
    CHECK ((state = 'live') = (ended_at IS NULL)),
    UNIQUE (id, manifest),
    FOREIGN KEY (application, manifest) REFERENCES manifests (application, digest)
) STRICT;

-- Only what ran out unused may be signed again.
CREATE UNIQUE INDEX one_approval_per_manifest ON approvals (manifest) WHERE state <> 'expired';
CREATE UNIQUE INDEX one_live_approval_per_application ON approvals (application)
    WHERE state = 'live';
CREATE INDEX approvals_by_end ON approvals (valid_until) WHERE state = 'live';
CREATE INDEX approvals_by_application ON approvals (application, id);

CREATE TRIGGER approvals_are_never_changed BEFORE UPDATE OF
    id, application, manifest, bytes, signature, key, signed_at, valid_until, saved_at ON approvals
BEGIN
    SELECT RAISE(ABORT, 'approvals are immutable');
END;

CREATE TRIGGER ended_approvals_stay_ended BEFORE UPDATE ON approvals WHEN old.state <> 'live'
BEGIN
    SELECT RAISE(ABORT, 'the approval was used, dropped or ran out');
END;

CREATE TRIGGER approvals_are_never_deleted BEFORE DELETE ON approvals
BEGIN
    SELECT RAISE(ABORT, 'approvals are immutable');
END;

-- Committed to disk before the gate opens.
CREATE TABLE intents (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    application BLOB    NOT NULL,
    opening     TEXT    NOT NULL,
    manifest    BLOB    NOT NULL UNIQUE,
    approval    INTEGER NOT NULL UNIQUE,
    recorded_at INTEGER NOT NULL,
    outcome     TEXT CHECK (outcome IN ('receipt', 'refused', 'not-submitted', 'unknown')),
    forwarded   INTEGER CHECK (forwarded >= 0),                 -- application bytes let out
    finished_at INTEGER,
    settled     TEXT CHECK (settled IN ('sent', 'not-sent')),   -- the person's word
    settled_at  INTEGER,
    CHECK ((outcome IS NULL) = (finished_at IS NULL)),
    CHECK ((outcome IS NULL) = (forwarded IS NULL)),
    CHECK (outcome IS NOT 'not-submitted' OR forwarded = 0),
    CHECK (outcome IS NOT 'unknown' OR forwarded > 0),
    CHECK (settled IS NULL OR outcome IS 'unknown'),
    CHECK ((settled IS NULL) = (settled_at IS NULL)),
    UNIQUE (id, application),
    FOREIGN KEY (application, opening) REFERENCES applications (id, opening),
    FOREIGN KEY (application, manifest) REFERENCES manifests (application, digest),
    FOREIGN KEY (approval, manifest) REFERENCES approvals (id, manifest)
) STRICT;

-- While one is under way, arrived, or may have arrived, there is no other.
CREATE UNIQUE INDEX one_submission_per_opening ON intents (opening)
    WHERE outcome IS NULL OR outcome = 'receipt'
       OR (outcome = 'unknown' AND settled IS NOT 'not-sent');
CREATE UNIQUE INDEX one_open_intent_per_application ON intents (application)
    WHERE outcome IS NULL;
CREATE INDEX intents_by_application ON intents (application, id);
CREATE INDEX open_intents ON intents (id) WHERE outcome IS NULL;

CREATE TRIGGER intents_need_a_live_approval BEFORE INSERT ON intents
WHEN NOT EXISTS (
    SELECT 1 FROM approvals
    WHERE id = new.approval AND state = 'live' AND valid_until > new.recorded_at
)
BEGIN
    SELECT RAISE(ABORT, 'an intent needs a live approval');
END;

CREATE TRIGGER intents_use_their_approval_up AFTER INSERT ON intents
BEGIN
    UPDATE approvals SET state = 'used', ended_at = new.recorded_at WHERE id = new.approval;
END;

CREATE TRIGGER intents_are_never_changed BEFORE UPDATE OF
    id, application, opening, manifest, approval, recorded_at ON intents
BEGIN
    SELECT RAISE(ABORT, 'intents are immutable');
END;

CREATE TRIGGER intents_end_once BEFORE UPDATE OF outcome, forwarded, finished_at ON intents
WHEN old.outcome IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'the intent has ended');
END;

CREATE TRIGGER intents_are_settled_once BEFORE UPDATE OF settled, settled_at ON intents
WHEN old.settled IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'the intent is settled');
END;

CREATE TRIGGER intents_are_never_deleted BEFORE DELETE ON intents
BEGIN
    SELECT RAISE(ABORT, 'intents are immutable');
END;

CREATE TABLE receipts (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    intent      INTEGER NOT NULL UNIQUE,
    application BLOB    NOT NULL,
    at          INTEGER NOT NULL,
    url         TEXT    NOT NULL,
    text        TEXT    NOT NULL,                               -- of the page
    reference   TEXT,                                           -- the portal's
    screenshot  BLOB,
    FOREIGN KEY (intent, application) REFERENCES intents (id, application)
) STRICT;

CREATE INDEX receipts_by_application ON receipts (application, id);

CREATE TRIGGER receipts_are_never_changed BEFORE UPDATE ON receipts
BEGIN
    SELECT RAISE(ABORT, 'receipts are immutable');
END;

CREATE TRIGGER receipts_are_never_deleted BEFORE DELETE ON receipts
BEGIN
    SELECT RAISE(ABORT, 'receipts are immutable');
END;
