-- Jobs whose text has the words of a name for a skill that the person made or took back:
-- they are to be read again. The revision is that of the profile with the change.
CREATE TABLE job_rereadings (
    job      INTEGER PRIMARY KEY REFERENCES jobs (number) ON DELETE CASCADE,
    revision INTEGER NOT NULL
) STRICT;
