-- Times are Unix seconds in UTC, of looks by this computer's clock, else by the server's; NULL = not
-- known.
CREATE TABLE place (
    id              INTEGER PRIMARY KEY,
    base_url        TEXT NOT NULL,
    organization_id TEXT NOT NULL,
    thinned_to      INTEGER NOT NULL DEFAULT 0, -- months before this one hold one snapshot a week
    visited         INTEGER,                    -- the last snapshot before this start
    UNIQUE (base_url, organization_id)
);

-- One for each list that was loaded.
CREATE TABLE snapshot (
    place  INTEGER NOT NULL REFERENCES place ON DELETE CASCADE,
    number INTEGER NOT NULL,
    at     INTEGER NOT NULL,
    unread TEXT,      -- JSON: ids of the parts that were not read whole; NULL = the list is whole
    PRIMARY KEY (place, number)
) WITHOUT ROWID;

-- Every token that ever was in a list, as it was in the last one.
CREATE TABLE token (
    number     INTEGER PRIMARY KEY,
    place      INTEGER NOT NULL REFERENCES place ON DELETE CASCADE,
    id         TEXT NOT NULL,
    name       TEXT NOT NULL,
    project_id TEXT,
    scopes     TEXT NOT NULL,
    expires    INTEGER,
    last_used  INTEGER,
    first_seen INTEGER NOT NULL,
    vanished   INTEGER,                         -- NULL = it was in the last whole list
    UNIQUE (place, id)
);

-- Where its last use moved, a row for each month in which it did; `moves.rs` reads them.
CREATE TABLE moves (
    place INTEGER NOT NULL REFERENCES place ON DELETE CASCADE,
    month INTEGER NOT NULL,
    token INTEGER NOT NULL,
    moves BLOB NOT NULL,
    PRIMARY KEY (place, month, token)
) WITHOUT ROWID;

-- All else that changed.
CREATE TABLE change (
    token  INTEGER NOT NULL REFERENCES token ON DELETE CASCADE,
    at     INTEGER NOT NULL,
    what   TEXT NOT NULL,
    before TEXT                                 -- what it was
);
CREATE INDEX change_by_token ON change (token);
