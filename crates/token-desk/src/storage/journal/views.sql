-- {acts} and {steps} are lists of the codes that this version knows.
-- A list that somebody broke by hand counts as empty: what is left can still be read.
CREATE TEMP VIEW attempt AS
SELECT id, at, what AS act, base_url, organization_id, project_id, name,
    iif(json_valid(token_ids), token_ids, '[]') AS token_ids,
    iif(json_valid(basis), basis, '[]') AS known
FROM main.entry WHERE what IN ({acts});

CREATE TEMP VIEW step AS
SELECT id, attempt, at, what AS stage, iif(json_valid(token_ids), token_ids, '[]') AS token_ids, detail,
    iif(json_valid(basis), basis, '[]') AS basis
FROM main.entry WHERE attempt IS NOT NULL AND what IN ({steps});
