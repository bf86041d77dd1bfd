CREATE TABLE connection (
    base_url          TEXT NOT NULL,
    organization_id   TEXT NOT NULL,
    organization_name TEXT NOT NULL,
    session_only      INTEGER NOT NULL,
    synced_at         INTEGER,             -- Unix seconds; NULL = never
    complete          INTEGER NOT NULL DEFAULT 1
);

-- The last-known list. Times are Unix seconds in UTC; NULL = the server did not say.
CREATE TABLE project (
    id       TEXT NOT NULL,
    name     TEXT NOT NULL,
    archived INTEGER NOT NULL
);

CREATE TABLE token (
    id                 TEXT NOT NULL,
    name               TEXT NOT NULL,
    project_id         TEXT,
    scopes             TEXT NOT NULL,
    created            INTEGER,
    expires            INTEGER,
    last_used          INTEGER,
    last_used_reported INTEGER NOT NULL,
    revoked            INTEGER NOT NULL,
    preview            TEXT,
    created_by         TEXT
);

CREATE TRIGGER forget_list AFTER DELETE ON connection
BEGIN
    DELETE FROM project;
    DELETE FROM token;
END;
