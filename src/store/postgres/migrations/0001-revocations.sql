-- Texts that others chose are compared byte by byte, whatever the collation of the database is.
CREATE TABLE revocations (
  seq        BIGINT PRIMARY KEY,
  mark       TEXT COLLATE "C" NOT NULL, -- of its append, by chance
  at         BIGINT NOT NULL,           -- milliseconds since 1970
  issuer     TEXT COLLATE "C" NOT NULL,
  kind       TEXT COLLATE "C" NOT NULL,
  value      TEXT COLLATE "C" NOT NULL,
  client     TEXT COLLATE "C",
  before     BIGINT,                    -- seconds since 1970, as `iat`
  begins_at  BIGINT,                    -- milliseconds since 1970; at once if NULL
  expires_at BIGINT NOT NULL,           -- milliseconds since 1970
  reason     TEXT COLLATE "C",
  actor      TEXT COLLATE "C" NOT NULL
);

-- A hash takes values of any length.
CREATE INDEX revocations_by_value ON revocations USING hash (value);
CREATE INDEX revocations_by_expiry ON revocations (expires_at);

-- One row: the greatest sequence number ever given, and the mark of the append that gave it. Whoever appends locks it
-- until the commit, so that entries become visible in the order of their numbers: see docs/decisions/009-postgres.md.
CREATE TABLE revocation_log (
  id   INTEGER PRIMARY KEY CHECK (id = 1),
  head BIGINT NOT NULL,
  mark TEXT COLLATE "C" NOT NULL
);

INSERT INTO revocation_log (id, head, mark) VALUES (1, 0, '');
