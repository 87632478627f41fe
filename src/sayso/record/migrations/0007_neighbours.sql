-- What is added together lies together. Digests and ids are random, so that each new row of an index
-- over them alters a page of its own; numbers and months grow.

-- Bytes are found by their digest, and all else by their number: that of the first capture of them.
ALTER TABLE payload ADD COLUMN number INTEGER;
UPDATE payload SET number = (SELECT min(c.seq) FROM capture c WHERE c.digest = payload.digest);
ALTER TABLE capture ADD COLUMN payload INTEGER;
UPDATE capture SET payload = (SELECT min(c.seq) FROM capture c WHERE c.digest = capture.digest);
UPDATE capture SET identity = CAST(payload AS TEXT) || '|' || COALESCE(target_uri, '') || '|'
  || COALESCE(captured_at, '');
ALTER TABLE document ADD COLUMN payload INTEGER;
UPDATE document SET payload = (SELECT min(c.seq) FROM capture c WHERE c.digest = document.digest);
DROP INDEX capture_digest;
CREATE INDEX capture_of ON capture (payload);
DROP INDEX document_digest;
CREATE INDEX document_of ON document (payload, stated, reading);
DROP INDEX document_list;
CREATE INDEX document_list ON document (seq, said_to, said_from, held_on, publisher, payload, reading);
DROP INDEX document_said;
CREATE INDEX document_said ON document (said_to, said_from, held_on, seq, payload, reading);

-- The id of a telling is seldom asked for: it is looked for in one of 256 shelves, in each of which
-- new rows come last.
DROP INDEX telling_document;
DROP INDEX telling_event;
DROP INDEX telling_publisher;
ALTER TABLE telling RENAME TO telling_6;
CREATE TABLE telling (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  document INTEGER NOT NULL REFERENCES document,
  annotation TEXT NOT NULL,
  part TEXT,
  comment INTEGER NOT NULL,
  event_type TEXT,
  mode TEXT,
  act TEXT,
  granularity TEXT NOT NULL,
  status TEXT NOT NULL,
  polarity TEXT NOT NULL,
  certainty TEXT NOT NULL,
  edtf TEXT,
  time_from TEXT,
  time_to TEXT,
  near_from TEXT,
  near_to TEXT,
  said_on TEXT,
  held_on TEXT NOT NULL,
  tier TEXT NOT NULL,
  source TEXT NOT NULL,
  publisher TEXT NOT NULL,
  confidence REAL NOT NULL,
  words TEXT NOT NULL,
  body TEXT NOT NULL,
  event INTEGER
);
INSERT INTO telling SELECT seq, id, document, annotation, part, comment, event_type, mode, act,
  granularity, status, polarity, certainty, edtf, time_from, time_to, near_from, near_to, said_on,
  held_on, tier, source, publisher, confidence, words, body, event FROM telling_6 ORDER BY seq;
DROP TABLE telling_6;
CREATE INDEX telling_document ON telling (document, part, event);
CREATE INDEX telling_event ON telling (event, time_to, said_on, held_on);
CREATE INDEX telling_publisher ON telling (publisher, event);
CREATE INDEX telling_shelf ON telling (substr(id, 4, 2), seq, substr(id, 6, 6));

-- Events are looked for in a block by the month, and months come one after the other. (What was on
-- some day of an unknown year has a month of its own.)
ALTER TABLE event_block RENAME TO event_block_6;
DROP INDEX event_block_of;
CREATE TABLE event_block (
  month TEXT NOT NULL,
  block TEXT NOT NULL,
  day TEXT NOT NULL,
  event INTEGER NOT NULL,
  PRIMARY KEY (month, block, day, event)
) WITHOUT ROWID;
INSERT INTO event_block
  SELECT CASE WHEN block LIKE '%|XXXX' THEN 'XXXX' ELSE substr(day, 1, 7) END, block, day, event
  FROM event_block_6 ORDER BY 1, 2, 3, 4;
DROP TABLE event_block_6;
CREATE INDEX event_block_of ON event_block (event);
