-- Access tokens of ours, opaque and JWT; their values are nowhere.
CREATE TABLE tokens (
  hash         TEXT NOT NULL UNIQUE, -- SHA-256 in hex
  id           TEXT NOT NULL UNIQUE, -- `jti`
  kind         TEXT NOT NULL,
  client       TEXT NOT NULL,
  subject      TEXT NOT NULL,
  audience     TEXT,
  scopes       TEXT NOT NULL,        -- JSON
  grant_id     TEXT,
  session      TEXT,
  key_id       TEXT,
  issued_at    REAL NOT NULL,        -- seconds since 1970
  expires_at   INTEGER NOT NULL,     -- milliseconds since 1970, as is issued_until
  issued_until INTEGER NOT NULL,
  claims       TEXT                  -- JSON; opaque tokens only
) STRICT;

CREATE INDEX tokens_by_issue ON tokens (issued_at);
CREATE INDEX tokens_by_client ON tokens (client, issued_at);
CREATE INDEX tokens_by_subject ON tokens (subject, issued_at);
CREATE INDEX tokens_by_grant ON tokens (grant_id) WHERE grant_id IS NOT NULL;
CREATE INDEX tokens_by_end ON tokens (kind, issued_until);

-- What else the authorization server keeps: codes, grants, sessions, refresh tokens ...
CREATE TABLE artifacts (
  model       TEXT NOT NULL,
  key         TEXT NOT NULL,
  payload     TEXT NOT NULL, -- JSON
  grant_id    TEXT,
  uid         TEXT,
  consumed_at REAL,          -- seconds since 1970
  expires_at  INTEGER NOT NULL,
  PRIMARY KEY (model, key)
) STRICT;

CREATE INDEX artifacts_by_grant ON artifacts (grant_id) WHERE grant_id IS NOT NULL;
CREATE INDEX artifacts_by_uid ON artifacts (uid, model) WHERE uid IS NOT NULL;
CREATE INDEX artifacts_by_expiry ON artifacts (expires_at);

CREATE TABLE clients (
  id     TEXT PRIMARY KEY,
  client TEXT NOT NULL -- JSON
) STRICT;

-- At most one row: all keys as one value.
CREATE TABLE signing_keys (
  id       INTEGER PRIMARY KEY CHECK (id = 1),
  revision INTEGER NOT NULL,
  keys     TEXT NOT NULL -- JSON
) STRICT;

CREATE TABLE secrets (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;
