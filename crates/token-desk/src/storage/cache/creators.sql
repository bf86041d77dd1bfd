-- All tokens are read before the first paint. So they lie in the order they are read in, and have the
-- number of their creator: few people create most tokens.
CREATE TABLE creator (
    connection INTEGER NOT NULL REFERENCES connection ON DELETE CASCADE,
    number     INTEGER NOT NULL,
    shown      TEXT,
    id         TEXT,
    email      TEXT,
    PRIMARY KEY (connection, number)
) WITHOUT ROWID;

INSERT INTO creator
SELECT connection, row_number() OVER (PARTITION BY connection), created_by, creator_id, creator_email
FROM (SELECT DISTINCT connection, created_by, creator_id, creator_email FROM token);

CREATE TABLE listed (
    connection         INTEGER NOT NULL REFERENCES connection ON DELETE CASCADE,
    position           INTEGER NOT NULL,
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
    creator            INTEGER NOT NULL,
    PRIMARY KEY (connection, position)
) WITHOUT ROWID;

INSERT INTO listed
SELECT token.connection, token.rowid, token.id, token.name, project_id, scopes, created, expires,
       last_used, last_used_reported, revoked, own, preview, creator.number
FROM token JOIN creator
ON creator.connection = token.connection AND creator.shown IS token.created_by
   AND creator.id IS token.creator_id AND creator.email IS token.creator_email;

DROP TABLE token;
ALTER TABLE listed RENAME TO token;
