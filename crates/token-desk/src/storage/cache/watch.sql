-- One row while lists are watched, else none.
CREATE TABLE watch (hours INTEGER NOT NULL);

-- Whether a connection was checked since.
ALTER TABLE connection ADD COLUMN watched INTEGER NOT NULL DEFAULT 0;

-- What was told of its tokens and still holds.
CREATE TABLE told (
    connection INTEGER NOT NULL REFERENCES connection ON DELETE CASCADE,
    cause      TEXT NOT NULL,
    number     INTEGER NOT NULL, -- Days before an expiry, or a clean-up's own; else 0.
    token      TEXT NOT NULL,
    PRIMARY KEY (connection, cause, number, token)
) WITHOUT ROWID;
