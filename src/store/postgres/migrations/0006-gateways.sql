-- Who is there, written again each second: unlogged, so that it costs no disk. A crash empties both tables, and a
-- standby has none of it; the gateways are back within a second, and `kept_since` tells that something was lost.
CREATE UNLOGGED TABLE gateways (
  id           TEXT COLLATE "C" PRIMARY KEY,
  name         TEXT COLLATE "C" NOT NULL,
  started_at   BIGINT NOT NULL,           -- milliseconds since 1970
  applied_seq  BIGINT NOT NULL,
  applied_mark TEXT COLLATE "C" NOT NULL,
  lease_ms     DOUBLE PRECISION NOT NULL,
  reported_at  DOUBLE PRECISION NOT NULL  -- milliseconds since 1970 by the server's clock, as is kept_since
) WITH (fillfactor = 50);

-- One row. Where the tables were made just now, nobody was there before.
CREATE UNLOGGED TABLE gateway_roster (
  id         INTEGER PRIMARY KEY CHECK (id = 1),
  kept_since DOUBLE PRECISION NOT NULL
);

INSERT INTO gateway_roster (id, kept_since) VALUES (1, 0);
