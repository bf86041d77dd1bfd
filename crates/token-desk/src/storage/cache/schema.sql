-- Times are Unix seconds in UTC; NULL = not known.
CREATE TABLE connection (
    id                INTEGER PRIMARY KEY,
    position          INTEGER NOT NULL,
    label             TEXT NOT NULL,
    environment       TEXT NOT NULL,
    colour            INTEGER NOT NULL,
    base_url          TEXT NOT NULL,
    organization_id   TEXT NOT NULL,
    organization_name TEXT NOT NULL,
    method            TEXT NOT NULL,
    user              TEXT,
    role              TEXT,
    session_only      INTEGER NOT NULL,
    synced_at         INTEGER,             -- NULL = never
    complete          INTEGER NOT NULL DEFAULT 1,
    UNIQUE (base_url, organization_id)
);

-- The last-known lists.
CREATE TABLE project (
    connection INTEGER NOT NULL REFERENCES connection ON DELETE CASCADE,
    id         TEXT NOT NULL,
    name       TEXT NOT NULL,
    archived   INTEGER NOT NULL
);
CREATE INDEX project_by_connection ON project (connection);

CREATE TABLE token (
    connection         INTEGER NOT NULL REFERENCES connection ON DELETE CASCADE,
    id                 TEXT NOT NULL,
    name               TEXT NOT NULL,
    project_id         TEXT,
    scopes             TEXT NOT NULL,
    created            INTEGER,
    expires            INTEGER,
    last_used          INTEGER,
    last_used_reported INTEGER NOT NULL,
    revoked            INTEGER NOT NULL,
    own                INTEGER NOT NULL,
    preview            TEXT,
    created_by         TEXT
);
CREATE INDEX token_by_connection ON token (connection);

-- What the window showed last: a connection's id, or NULL for all of them.
CREATE TABLE shown (connection INTEGER);
