-- Which postings are one opening.

-- Jobs to be looked at: new ones, and those with another fact or fate.
CREATE TABLE cluster_queue (
    job INTEGER PRIMARY KEY REFERENCES jobs (number) ON DELETE CASCADE
) STRICT;

INSERT INTO cluster_queue (job) SELECT number FROM jobs;

CREATE TRIGGER new_jobs_are_clustered AFTER INSERT ON jobs
BEGIN
    INSERT OR IGNORE INTO cluster_queue (job) VALUES (new.number);
END;

CREATE TRIGGER changed_jobs_are_clustered AFTER UPDATE OF revision, closed_at ON jobs
WHEN old.revision IS NOT new.revision OR old.closed_at IS NOT new.closed_at
BEGIN
    INSERT OR IGNORE INTO cluster_queue (job) VALUES (new.number);
END;

-- What is compared of a job.
CREATE TABLE job_prints (
    job      INTEGER PRIMARY KEY REFERENCES jobs (number) ON DELETE CASCADE,
    employer INTEGER,                    -- of all spellings of its name
    agency   INTEGER NOT NULL CHECK (agency IN (0, 1)),
    print    TEXT    NOT NULL CHECK (json_valid(print)),
    marks    BLOB    NOT NULL,           -- of its text: a sketch
    names    BLOB    NOT NULL,
    keys     TEXT    NOT NULL CHECK (json_type(keys) = 'array')
) STRICT;

CREATE INDEX job_prints_by_employer ON job_prints (employer, job);

-- Jobs that share a key may be one opening. Kept by the trigger, and without a
-- second index for a foreign key: it is the largest table of the corpus.
CREATE TABLE cluster_keys (
    key INTEGER NOT NULL,
    job INTEGER NOT NULL,
    PRIMARY KEY (key, job)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER keys_of_gone_prints AFTER DELETE ON job_prints
BEGIN
    DELETE FROM cluster_keys
    WHERE job = old.job AND key IN (SELECT value FROM json_each(old.keys));
END;

-- That two jobs are one opening, and why.
CREATE TABLE cluster_links (
    one        INTEGER NOT NULL REFERENCES jobs (number) ON DELETE CASCADE,
    other      INTEGER NOT NULL REFERENCES jobs (number) ON DELETE CASCADE,
    rule       TEXT    NOT NULL,
    similarity REAL    NOT NULL,
    link       TEXT    NOT NULL CHECK (json_valid(link)),
    PRIMARY KEY (one, other),
    CHECK (one < other)
) STRICT, WITHOUT ROWID;

CREATE INDEX cluster_links_by_other ON cluster_links (other);

-- The person's word on two jobs, which nothing overrides.
CREATE TABLE cluster_choices (
    one    INTEGER NOT NULL REFERENCES jobs (number) ON DELETE CASCADE,
    other  INTEGER NOT NULL REFERENCES jobs (number) ON DELETE CASCADE,
    choice TEXT    NOT NULL CHECK (choice IN ('join', 'split')),
    at     INTEGER NOT NULL,
    PRIMARY KEY (one, other),
    CHECK (one < other)
) STRICT, WITHOUT ROWID;

CREATE INDEX cluster_choices_by_other ON cluster_choices (other);

-- Jobs that are not alone in their cluster, which has the number of one of them.
CREATE TABLE cluster_members (
    job     INTEGER PRIMARY KEY REFERENCES jobs (number) ON DELETE CASCADE,
    cluster INTEGER NOT NULL,
    agency  INTEGER NOT NULL CHECK (agency IN (0, 1))  -- a copy under another name
) STRICT;

CREATE INDEX cluster_members_by_cluster ON cluster_members (cluster, job);

-- One opening, one submission, through whichever posting, even if two
-- applications were begun before the postings were known to be one opening.
CREATE TRIGGER intents_respect_clusters BEFORE INSERT ON intents
WHEN EXISTS (
    SELECT 1
    FROM applications mine
    JOIN jobs my_job ON my_job.id = mine.job
    JOIN cluster_members me ON me.job = my_job.number
    JOIN cluster_members mate ON mate.cluster = me.cluster AND mate.job <> me.job
    JOIN jobs mate_job ON mate_job.number = mate.job
    JOIN applications sent ON sent.job = mate_job.id
    WHERE mine.id = new.application AND sent.id <> mine.id
      AND sent.stage IN ('submitting', 'outcome-unknown', 'submitted', 'in-review', 'interview',
                         'offer', 'accepted', 'declined', 'rejected', 'withdrawn')
)
BEGIN
    SELECT RAISE(ABORT, 'another posting of this opening was applied to');
END;
