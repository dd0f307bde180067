CREATE TABLE audit (
  seq     BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at      BIGINT NOT NULL, -- milliseconds since 1970
  actor   TEXT COLLATE "C" NOT NULL,
  action  TEXT COLLATE "C" NOT NULL,
  target  TEXT COLLATE "C" NOT NULL,
  details TEXT NOT NULL    -- JSON
);

CREATE INDEX audit_by_actor ON audit USING hash (actor);
CREATE INDEX audit_by_target ON audit USING hash (target);
