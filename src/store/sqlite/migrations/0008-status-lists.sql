-- Status lists (draft-ietf-oauth-status-list) that JWTs of ours name. A place is given once and to one token; a list goes
-- when all its places are given and its last token has ended. AUTOINCREMENT: no list has the number of another before.
CREATE TABLE status_lists (
  list     INTEGER PRIMARY KEY AUTOINCREMENT,
  seed     TEXT NOT NULL,   -- says in which order its places are given; nobody outside knows it
  given    INTEGER NOT NULL, -- how many were given
  given_at INTEGER NOT NULL -- milliseconds since 1970, when the last of them were
) STRICT;

-- NULL for a token that names no list.
ALTER TABLE tokens ADD COLUMN status_list INTEGER;
ALTER TABLE tokens ADD COLUMN status_index INTEGER;
-- The list once more, for a token that was exchanged for another: to find those that die with theirs.
ALTER TABLE tokens ADD COLUMN exchanged_list INTEGER;

CREATE UNIQUE INDEX tokens_by_place ON tokens (status_list, status_index) WHERE status_list IS NOT NULL;
-- Has all that a revocation of many tokens asks of a list.
CREATE INDEX tokens_by_list ON tokens (status_list, client, issued_at, key_id, subject, status_index)
  WHERE status_list IS NOT NULL;
CREATE INDEX tokens_by_listed_session ON tokens (session) WHERE session IS NOT NULL AND status_list IS NOT NULL;
CREATE INDEX tokens_by_exchanged_list ON tokens (exchanged_list) WHERE exchanged_list IS NOT NULL;
