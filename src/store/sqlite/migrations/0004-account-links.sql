-- Whom a federated issuer knows, under a subject of ours. A row is for ever: a subject is never given twice.
CREATE TABLE account_links (
  subject        TEXT PRIMARY KEY,
  issuer         TEXT NOT NULL,
  issuer_subject TEXT NOT NULL,
  claims         TEXT NOT NULL,    -- JSON
  linked_at      INTEGER NOT NULL, -- milliseconds since 1970, as is last_sign_in
  last_sign_in   INTEGER,
  UNIQUE (issuer, issuer_subject)
) STRICT;
