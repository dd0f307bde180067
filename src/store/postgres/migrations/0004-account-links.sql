-- Whom a federated issuer knows, under a subject of ours. A row is for ever: a subject is never given twice.
CREATE TABLE account_links (
  subject        TEXT COLLATE "C" PRIMARY KEY,
  issuer         TEXT COLLATE "C" NOT NULL,
  issuer_subject TEXT COLLATE "C" NOT NULL,
  claims         TEXT NOT NULL,   -- JSON
  linked_at      BIGINT NOT NULL, -- milliseconds since 1970, as is last_sign_in
  last_sign_in   BIGINT,
  UNIQUE (issuer, issuer_subject)
);
