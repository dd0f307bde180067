-- The tokens that a token was exchanged for, the nearest first: it dies with each of them. NULL where there are none.
ALTER TABLE tokens ADD COLUMN subject_tokens TEXT; -- JSON
