-- One table, so that one chain goes through all of it: each row is sealed with a hash of itself and of
-- the row before (see chain.rs). Rows are only ever added. Times are Unix seconds in UTC.
CREATE TABLE entry (
    id              INTEGER PRIMARY KEY,   -- 1, 2, 3, … without a gap
    at              INTEGER NOT NULL,
    what            TEXT NOT NULL,         -- an act, a decision, or how far an act came
    attempt         INTEGER,               -- the act that this is a step of
    base_url        TEXT,                  -- of a step: that of its act
    organization_id TEXT,
    project_id      TEXT,
    name            TEXT,                  -- of the token, as it was then
    token_ids       TEXT NOT NULL,         -- JSON: the tokens it is about, as far as known by then
    basis           TEXT NOT NULL,         -- JSON: what it rests on; of a create, the ids of that name before
    detail          TEXT,
    until           INTEGER,               -- how long a decision stands
    hash            TEXT NOT NULL DEFAULT ''  -- empty until it is sealed
);

-- In the order in which they were written, and an act before its steps.
CREATE TABLE moved AS
SELECT row_number() OVER (ORDER BY at, of_step, id) AS entry, * FROM (
    SELECT FALSE AS of_step, id, at, act AS what, NULL AS attempt, base_url, organization_id, project_id,
        name, iif(token_id IS NULL, '[]', json_array(token_id)) AS token_ids, known AS basis,
        NULL AS detail
    FROM attempt
    UNION ALL
    SELECT TRUE, step.id, max(step.at, attempt.at), stage, attempt, NULL, NULL, NULL, NULL, token_ids,
        '[]', detail
    FROM step JOIN attempt ON attempt.id = step.attempt
);
INSERT INTO entry (id, at, what, attempt, base_url, organization_id, project_id, name, token_ids, basis,
    detail)
SELECT entry, at, what,
    (SELECT act.entry FROM moved act WHERE NOT act.of_step AND act.id = moved.attempt),
    base_url, organization_id, project_id, name, token_ids, basis, detail
FROM moved;
DROP TABLE moved;
DROP TABLE step;
DROP TABLE attempt;

CREATE INDEX entry_by_attempt ON entry (attempt);
CREATE INDEX entry_by_place ON entry (base_url, organization_id);

-- A list that somebody broke by hand counts as empty: what is left can still be read.
CREATE VIEW attempt AS
SELECT id, at, what AS act, base_url, organization_id, project_id, name,
    iif(json_valid(token_ids), token_ids, '[]') AS token_ids,
    iif(json_valid(basis), basis, '[]') AS known
FROM entry WHERE what IN ('create', 'revoke');
CREATE VIEW step AS
SELECT id, attempt, at, what AS stage, iif(json_valid(token_ids), token_ids, '[]') AS token_ids, detail
FROM entry WHERE attempt IS NOT NULL;
