-- "Gate" in ASCII: marks the file as ours.
PRAGMA application_id = 1197569125;

-- AUTOINCREMENT: a sequence number is never given twice, not even after the newest entries were purged.
CREATE TABLE revocations (
  seq        INTEGER PRIMARY KEY AUTOINCREMENT,
  at         INTEGER NOT NULL, -- milliseconds since 1970
  issuer     TEXT NOT NULL,
  kind       TEXT NOT NULL,
  value      TEXT NOT NULL,
  client     TEXT,
  before     INTEGER,          -- seconds since 1970, as `iat`
  begins_at  INTEGER,          -- milliseconds since 1970; at once if NULL
  expires_at INTEGER NOT NULL, -- milliseconds since 1970
  reason     TEXT,
  actor      TEXT NOT NULL
) STRICT;

CREATE INDEX revocations_by_value ON revocations (value);
CREATE INDEX revocations_by_expiry ON revocations (expires_at);
