-- What is missing of the last-known lists, and why. It takes the place of `complete`.
CREATE TABLE gap (
    connection INTEGER NOT NULL REFERENCES connection ON DELETE CASCADE,
    part       TEXT NOT NULL,           -- projects, organization or project
    project    TEXT,
    name       TEXT,
    reason     TEXT NOT NULL,
    read       INTEGER,                 -- How many were read, or could not be read.
    total      INTEGER,
    message    TEXT                     -- What happened, where the reason is 'failed'.
);
CREATE INDEX gap_by_connection ON gap (connection);

INSERT INTO gap (connection, part, reason, message)
SELECT id, 'organization', 'failed', 'An earlier version of the app did not keep the reason.'
FROM connection WHERE NOT complete;

ALTER TABLE connection DROP COLUMN complete;
-- Why the list of members is not whole, where it is not.
ALTER TABLE connection ADD COLUMN members_reason TEXT;
ALTER TABLE connection ADD COLUMN members_read INTEGER;
ALTER TABLE connection ADD COLUMN members_total INTEGER;
