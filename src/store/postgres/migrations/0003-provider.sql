-- Access tokens of ours, opaque and JWT; their values are nowhere.
CREATE TABLE tokens (
  hash           TEXT COLLATE "C" PRIMARY KEY,     -- SHA-256 in hex
  id             TEXT COLLATE "C" NOT NULL UNIQUE, -- `jti`
  kind           TEXT COLLATE "C" NOT NULL,
  client         TEXT COLLATE "C" NOT NULL,
  subject        TEXT COLLATE "C" NOT NULL,
  audience       TEXT COLLATE "C",
  scopes         TEXT NOT NULL,             -- JSON
  grant_id       TEXT COLLATE "C",
  session        TEXT COLLATE "C",
  key_id         TEXT COLLATE "C",
  issued_at      DOUBLE PRECISION NOT NULL, -- seconds since 1970
  expires_at     BIGINT NOT NULL,           -- milliseconds since 1970, as is issued_until
  issued_until   BIGINT NOT NULL,
  claims         TEXT,                      -- JSON; opaque tokens only
  -- The tokens that it was exchanged for, the nearest first: it dies with each of them. NULL where there are none.
  subject_tokens TEXT                       -- JSON
);

CREATE INDEX tokens_by_issue ON tokens (issued_at, id);
CREATE INDEX tokens_by_client ON tokens (client, issued_at, id);
CREATE INDEX tokens_by_subject ON tokens USING hash (subject);
CREATE INDEX tokens_by_grant ON tokens (grant_id) WHERE grant_id IS NOT NULL;
CREATE INDEX tokens_by_end ON tokens (kind, issued_until);

-- What else the authorization server keeps: codes, grants, sessions, refresh tokens ...
CREATE TABLE artifacts (
  model       TEXT COLLATE "C" NOT NULL,
  key         TEXT COLLATE "C" NOT NULL,
  payload     TEXT NOT NULL,    -- JSON
  grant_id    TEXT COLLATE "C",
  uid         TEXT COLLATE "C",
  consumed_at DOUBLE PRECISION, -- seconds since 1970
  expires_at  BIGINT NOT NULL,
  PRIMARY KEY (model, key)
);

CREATE INDEX artifacts_by_grant ON artifacts (grant_id) WHERE grant_id IS NOT NULL;
CREATE INDEX artifacts_by_uid ON artifacts (uid, model) WHERE uid IS NOT NULL;
CREATE INDEX artifacts_by_expiry ON artifacts (expires_at);

CREATE TABLE clients (
  id     TEXT COLLATE "C" PRIMARY KEY,
  client TEXT NOT NULL -- JSON
);

-- At most one row: all keys as one value.
CREATE TABLE signing_keys (
  id       INTEGER PRIMARY KEY CHECK (id = 1),
  revision INTEGER NOT NULL,
  keys     TEXT NOT NULL -- JSON
);

CREATE TABLE secrets (
  name  TEXT COLLATE "C" PRIMARY KEY,
  value TEXT NOT NULL
);
