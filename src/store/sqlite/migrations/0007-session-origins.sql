-- Where sign-ins came from: which of a federated issuer's is behind which of ours.
CREATE TABLE session_origins (
  session        TEXT PRIMARY KEY, -- `sid` in our tokens
  issuer         TEXT NOT NULL,
  issuer_subject TEXT NOT NULL,
  issuer_session TEXT,
  at             REAL NOT NULL,    -- seconds since 1970
  expires_at     INTEGER NOT NULL  -- milliseconds since 1970
) STRICT;

CREATE INDEX session_origins_by_subject ON session_origins (issuer_subject, issuer);
CREATE INDEX session_origins_by_session ON session_origins (issuer_session, issuer) WHERE issuer_session IS NOT NULL;
CREATE INDEX session_origins_by_expiry ON session_origins (expires_at);
