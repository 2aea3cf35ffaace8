-- What a person may ask of a job, in columns: filters and feedback read them.
-- Kept by the triggers below, out of the job's JSON.
CREATE TABLE job_facets (
    job         INTEGER PRIMARY KEY REFERENCES jobs (number) ON DELETE CASCADE,
    posted_on   TEXT,
    closes_on   TEXT,
    workplace   TEXT,
    level       INTEGER,                 -- 0 intern to 6 executive
    pay_low     REAL,                    -- for a year
    pay_high    REAL,
    currency    TEXT,
    language    TEXT,
    employment  TEXT,
    industry    TEXT,
    department  TEXT,                    -- and team
    agency      INTEGER,
    places      TEXT NOT NULL,           -- as stated and as understood, one text
    countries   TEXT NOT NULL            -- codes, each between blanks
) STRICT;

-- The columns of a job, read from its JSON.
CREATE VIEW facets_of_jobs AS
SELECT number AS job,
    facts ->> '$.posted_on' AS posted_on,
    facts ->> '$.closes_on' AS closes_on,
    facts ->> '$.workplace.kind' AS workplace,
    CASE facts ->> '$.level.value'
        WHEN 'intern' THEN 0 WHEN 'entry' THEN 1 WHEN 'mid' THEN 2 WHEN 'senior' THEN 3
        WHEN 'lead' THEN 4 WHEN 'manager' THEN 5 WHEN 'executive' THEN 6 END AS level,
    CAST(coalesce(facts ->> '$.pay.min', facts ->> '$.pay.max') AS REAL)
        * CASE facts ->> '$.pay.period' WHEN 'hour' THEN 2080 WHEN 'day' THEN 260
            WHEN 'week' THEN 52 WHEN 'month' THEN 12 ELSE 1 END AS pay_low,
    CAST(coalesce(facts ->> '$.pay.max', facts ->> '$.pay.min') AS REAL)
        * CASE facts ->> '$.pay.period' WHEN 'hour' THEN 2080 WHEN 'day' THEN 260
            WHEN 'week' THEN 52 WHEN 'month' THEN 12 ELSE 1 END AS pay_high,
    facts ->> '$.pay.currency' AS currency,
    facts ->> '$.language' AS language,
    facts ->> '$.employment' AS employment,
    facts ->> '$.industry' AS industry,
    nullif(trim(coalesce(facts ->> '$.department', '') || ' ' || coalesce(facts ->> '$.team', '')), '')
        AS department,
    facts ->> '$.agency' AS agency,
    coalesce((SELECT group_concat(concat_ws(' ', place.value ->> '$.text', place.value ->> '$.city',
                                            place.value ->> '$.region'), '; ')
              FROM json_each(facts, '$.places') AS place), '') AS places,
    coalesce((SELECT ' ' || group_concat(place.value ->> '$.country', ' ') || ' '
              FROM json_each(facts, '$.places') AS place
              WHERE place.value ->> '$.country' IS NOT NULL), '') AS countries
FROM jobs;

INSERT INTO job_facets SELECT * FROM facets_of_jobs;

CREATE TRIGGER facets_of_new_jobs AFTER INSERT ON jobs
BEGIN
    INSERT INTO job_facets SELECT * FROM facets_of_jobs WHERE job = new.number;
END;

CREATE TRIGGER facets_of_changed_jobs AFTER UPDATE OF facts ON jobs
WHEN old.facts IS NOT new.facts
BEGIN
    INSERT OR REPLACE INTO job_facets SELECT * FROM facets_of_jobs WHERE job = new.number;
END;

-- What the person said of jobs, in order.
CREATE TABLE feedback (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    at     INTEGER NOT NULL,
    job    INTEGER NOT NULL REFERENCES jobs (number) ON DELETE CASCADE,
    said   TEXT    NOT NULL CHECK (said IN ('like', 'hide', 'undo')),
    reason TEXT    NOT NULL
) STRICT;

CREATE INDEX feedback_by_job ON feedback (job, id);

CREATE TRIGGER feedback_is_never_changed BEFORE UPDATE ON feedback
BEGIN
    SELECT RAISE(ABORT, 'feedback is append-only');
END;

-- What holds of it now.
CREATE TABLE job_marks (
    job    INTEGER PRIMARY KEY REFERENCES jobs (number) ON DELETE CASCADE,
    mark   TEXT    NOT NULL CHECK (mark IN ('like', 'hide')),
    at     INTEGER NOT NULL,
    reason TEXT    NOT NULL
) STRICT;

-- Rules about the order that the person accepted.
CREATE TABLE feedback_rules (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    rule        TEXT    NOT NULL CHECK (json_valid(rule)),
    words       TEXT    NOT NULL,
    accepted_at INTEGER NOT NULL,
    undone_at   INTEGER
) STRICT;

CREATE UNIQUE INDEX one_rule_of_a_kind ON feedback_rules (rule) WHERE undone_at IS NULL;

-- Jobs that a rule hides.
CREATE TABLE rule_hides (
    job  INTEGER PRIMARY KEY REFERENCES jobs (number) ON DELETE CASCADE,
    rule INTEGER NOT NULL REFERENCES feedback_rules (id)
) STRICT;

CREATE INDEX rule_hides_by_rule ON rule_hides (rule);

-- Jobs that the model did not see as they are now.
CREATE TABLE feedback_queue (
    job INTEGER PRIMARY KEY REFERENCES jobs (number) ON DELETE CASCADE
) STRICT;

CREATE TRIGGER new_jobs_meet_feedback AFTER INSERT ON jobs
BEGIN
    INSERT OR IGNORE INTO feedback_queue (job) VALUES (new.number);
END;

CREATE TRIGGER changed_jobs_meet_feedback AFTER UPDATE OF revision, enrichment ON jobs
WHEN old.revision IS NOT new.revision OR old.enrichment IS NOT new.enrichment
BEGIN
    INSERT OR IGNORE INTO feedback_queue (job) VALUES (new.number);
END;

-- Searches the person goes back to, and what each found when it was run last.
CREATE TABLE saved_searches (
    name     TEXT    PRIMARY KEY COLLATE NOCASE,
    query    TEXT    NOT NULL,
    narrow   TEXT    NOT NULL,           -- the filter as typed
    options  TEXT    NOT NULL CHECK (json_valid(options)),
    saved_at INTEGER NOT NULL,
    ran_at   INTEGER
) STRICT;

CREATE TABLE saved_search_hits (
    search TEXT    NOT NULL COLLATE NOCASE REFERENCES saved_searches (name) ON DELETE CASCADE,
    job    INTEGER NOT NULL,
    PRIMARY KEY (search, job)
) STRICT, WITHOUT ROWID;

-- Hidden jobs are not in the list: what it counts is counted anew.
CREATE TRIGGER new_marks_are_counted AFTER INSERT ON job_marks
BEGIN
    DELETE FROM list_counts;
END;

CREATE TRIGGER changed_marks_are_counted AFTER UPDATE ON job_marks
BEGIN
    DELETE FROM list_counts;
END;

CREATE TRIGGER gone_marks_are_counted AFTER DELETE ON job_marks
BEGIN
    DELETE FROM list_counts;
END;

CREATE TRIGGER new_rule_hides_are_counted AFTER INSERT ON rule_hides
BEGIN
    DELETE FROM list_counts;
END;

CREATE TRIGGER gone_rule_hides_are_counted AFTER DELETE ON rule_hides
BEGIN
    DELETE FROM list_counts;
END;
