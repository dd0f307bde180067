-- Where sign-ins came from: which of a federated issuer's is behind which of ours.
CREATE TABLE session_origins (
  session        TEXT COLLATE "C" PRIMARY KEY, -- `sid` in our tokens
  issuer         TEXT COLLATE "C" NOT NULL,
  issuer_subject TEXT COLLATE "C" NOT NULL,
  issuer_session TEXT COLLATE "C",
  at             DOUBLE PRECISION NOT NULL,    -- seconds since 1970
  expires_at     BIGINT NOT NULL               -- milliseconds since 1970
);

-- A hash takes values of any length.
CREATE INDEX session_origins_by_subject ON session_origins USING hash (issuer_subject);
CREATE INDEX session_origins_by_session ON session_origins USING hash (issuer_session);
CREATE INDEX session_origins_by_expiry ON session_origins (expires_at);
