-- Rows are only ever added. Times are Unix seconds in UTC; NULL = not known.
CREATE TABLE attempt (
    id              INTEGER PRIMARY KEY,
    at              INTEGER NOT NULL,
    act             TEXT NOT NULL,
    base_url        TEXT NOT NULL,
    organization_id TEXT NOT NULL,
    project_id      TEXT,
    name            TEXT NOT NULL,
    token_id        TEXT,                  -- of a token that was there before
    known           TEXT NOT NULL          -- JSON: ids of that name that were there before
);

CREATE TABLE step (
    id        INTEGER PRIMARY KEY,
    attempt   INTEGER NOT NULL REFERENCES attempt,
    at        INTEGER NOT NULL,
    stage     TEXT NOT NULL,
    token_ids TEXT NOT NULL,               -- JSON: the tokens it is about, as far as known by now
    detail    TEXT
);
CREATE INDEX step_by_attempt ON step (attempt);
