-- What the person says over what their CV was read to say. Counts the same
-- revision as profiles and preferences.
CREATE TABLE profile_edits (
    revision INTEGER PRIMARY KEY,
    saved_at INTEGER NOT NULL,
    edits    TEXT    NOT NULL CHECK (json_valid(edits))
) STRICT;
