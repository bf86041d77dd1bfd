-- A token whose value was found where it shouldn't be.
CREATE TABLE leak (
    connection INTEGER NOT NULL REFERENCES connection ON DELETE CASCADE,
    token      TEXT NOT NULL,
    name       TEXT NOT NULL,
    created    INTEGER,
    PRIMARY KEY (connection, token)
) WITHOUT ROWID;

-- A scan, with its title and its ledger in words.
CREATE TABLE scan (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    at     INTEGER NOT NULL,
    what   TEXT NOT NULL,
    title  TEXT NOT NULL,
    ledger TEXT NOT NULL
);

-- Where a scan found a value, which only its keyed hash tells from others.
CREATE TABLE scan_place (
    scan  INTEGER NOT NULL REFERENCES scan ON DELETE CASCADE,
    print BLOB NOT NULL,
    place TEXT NOT NULL,
    says  TEXT NOT NULL,
    PRIMARY KEY (scan, print, place)
) WITHOUT ROWID;

-- A place where a value is on purpose.
CREATE TABLE belongs (
    print BLOB NOT NULL,
    place TEXT NOT NULL,
    PRIMARY KEY (print, place)
) WITHOUT ROWID;
