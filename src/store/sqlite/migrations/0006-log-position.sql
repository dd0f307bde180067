-- Every append leaves a mark, by chance, on its entries and on the end of the log. After a backup was restored, other
-- entries may get the same numbers; by the marks, a reader tells whether what it has read is the history of this file.
ALTER TABLE revocations ADD COLUMN mark TEXT NOT NULL DEFAULT '';

-- One row: the greatest sequence number ever given, and the mark of the append that gave it.
CREATE TABLE revocation_log (
  id   INTEGER PRIMARY KEY CHECK (id = 1),
  head INTEGER NOT NULL,
  mark TEXT NOT NULL
) STRICT;

INSERT INTO revocation_log (id, head, mark)
SELECT 1, coalesce(max(seq), 0), '' FROM sqlite_sequence WHERE name = 'revocations';
