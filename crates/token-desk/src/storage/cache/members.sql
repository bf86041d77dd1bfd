-- How the list of members was read; NULL = never.
ALTER TABLE connection ADD COLUMN members TEXT;
ALTER TABLE token ADD COLUMN creator_id TEXT;
ALTER TABLE token ADD COLUMN creator_email TEXT;

CREATE TABLE member (
    connection    INTEGER NOT NULL REFERENCES connection ON DELETE CASCADE,
    id            TEXT NOT NULL,
    membership_id TEXT,
    name          TEXT NOT NULL,
    email         TEXT,
    role          TEXT
);
CREATE INDEX member_by_connection ON member (connection);
