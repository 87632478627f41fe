-- What was captured and read: rows are only ever added (redaction is the one exception, and logged).

CREATE TABLE migration (number INTEGER PRIMARY KEY, digest TEXT NOT NULL);

CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE payload (
  digest TEXT PRIMARY KEY,
  bytes BLOB,
  packed TEXT NOT NULL,
  size INTEGER NOT NULL
);

CREATE TABLE capture (
  seq INTEGER PRIMARY KEY,
  digest TEXT NOT NULL,
  record_id TEXT,
  target_uri TEXT,
  key TEXT,
  captured_at TEXT,
  recorded_at TEXT NOT NULL,
  media_type TEXT,
  charset TEXT,
  status INTEGER,
  headers TEXT NOT NULL,
  supersedes TEXT,
  identity TEXT NOT NULL UNIQUE
);
CREATE INDEX capture_digest ON capture (digest);
CREATE INDEX capture_uri ON capture (target_uri);

CREATE TABLE document (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  digest TEXT NOT NULL,
  stated TEXT NOT NULL,
  key TEXT,
  uri TEXT,
  headline TEXT,
  publisher TEXT,
  published TEXT,
  said_from TEXT,
  said_to TEXT,
  held_on TEXT NOT NULL,
  language TEXT,
  text TEXT NOT NULL,
  text_digest TEXT NOT NULL,
  meta TEXT NOT NULL,
  reading INTEGER,
  redacted TEXT
);
CREATE INDEX document_digest ON document (digest, stated);
CREATE INDEX document_said ON document (said_to, seq);
CREATE INDEX document_publisher ON document (publisher);

CREATE TABLE part (
  seq INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document,
  n INTEGER NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  start INTEGER NOT NULL,
  stop INTEGER NOT NULL,
  key TEXT,
  author TEXT,
  published TEXT,
  reply_to TEXT,
  depth INTEGER,
  ordinal INTEGER,
  decided_by TEXT
);
CREATE UNIQUE INDEX part_of ON part (document, n);

CREATE TABLE reading (
  seq INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document,
  capture INTEGER NOT NULL REFERENCES capture,
  read_at TEXT NOT NULL,
  reader TEXT NOT NULL,
  issues TEXT NOT NULL,
  digest TEXT NOT NULL
);
CREATE INDEX reading_of ON reading (document);

CREATE TABLE entity (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  folded TEXT NOT NULL,
  country TEXT,
  schema TEXT,
  sector TEXT,
  latitude REAL,
  longitude REAL,
  feature_code TEXT,
  admin1 TEXT,
  body TEXT NOT NULL
);
CREATE INDEX entity_folded ON entity (folded);

CREATE TABLE entity_name (
  folded TEXT NOT NULL,
  entity INTEGER NOT NULL REFERENCES entity,
  PRIMARY KEY (folded, entity)
);

CREATE TABLE reading_entity (
  reading INTEGER NOT NULL REFERENCES reading,
  n INTEGER NOT NULL,
  entity INTEGER NOT NULL REFERENCES entity,
  body TEXT,
  PRIMARY KEY (reading, n)
);
CREATE INDEX reading_entity_of ON reading_entity (entity);

CREATE TABLE annotation (
  reading INTEGER NOT NULL REFERENCES reading,
  n INTEGER NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  start INTEGER NOT NULL,
  stop INTEGER NOT NULL,
  part TEXT,
  confidence REAL NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (reading, n)
);

-- What is worked out from the newest reading of each document; can be built again at any time.

CREATE TABLE telling (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
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
CREATE INDEX telling_document ON telling (document);
CREATE INDEX telling_event ON telling (event);

CREATE TABLE telling_block (
  block TEXT NOT NULL,
  day TEXT NOT NULL,
  telling INTEGER NOT NULL REFERENCES telling,
  PRIMARY KEY (block, day, telling)
);
CREATE INDEX telling_block_of ON telling_block (telling);

CREATE TABLE event (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  event_type TEXT,
  mode TEXT,
  act TEXT,
  granularity TEXT NOT NULL,
  status TEXT NOT NULL,
  polarity TEXT NOT NULL,
  edtf TEXT,
  time_from TEXT,
  time_to TEXT,
  order_day TEXT NOT NULL,
  latitude REAL,
  longitude REAL,
  tellings INTEGER NOT NULL,
  chains INTEGER NOT NULL,
  standing TEXT NOT NULL,
  tier TEXT NOT NULL,
  confidence REAL NOT NULL,
  first_said TEXT,
  first_held TEXT NOT NULL,
  body TEXT NOT NULL
);
-- Wide enough that times are filtered in the index alone.
CREATE INDEX event_order ON event (order_day, seq, time_to, time_from);
CREATE INDEX event_type_order ON event (event_type, order_day, seq);
CREATE INDEX event_act_order ON event (act, order_day, seq);
CREATE INDEX event_standing_order ON event (standing, order_day, seq);
CREATE INDEX event_tier_order ON event (tier, order_day, seq);
CREATE INDEX event_box ON event (latitude, longitude);

CREATE TABLE event_entity (
  entity TEXT NOT NULL,
  role TEXT NOT NULL,
  order_day TEXT NOT NULL,
  event INTEGER NOT NULL REFERENCES event,
  PRIMARY KEY (entity, role, order_day, event)
);
CREATE INDEX event_entity_of ON event_entity (event);

CREATE TABLE forecast (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  document INTEGER NOT NULL REFERENCES document,
  annotation TEXT NOT NULL,
  part TEXT,
  tier TEXT NOT NULL,
  forecaster TEXT,
  entity TEXT,
  due TEXT,
  due_from TEXT,
  due_to TEXT,
  low REAL,
  high REAL,
  said_on TEXT,
  held_on TEXT NOT NULL,
  confidence REAL NOT NULL,
  words TEXT NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX forecast_document ON forecast (document);
CREATE INDEX forecast_due ON forecast (due_to, seq);

CREATE TABLE dispute (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  document INTEGER NOT NULL REFERENCES document,
  annotation TEXT NOT NULL,
  act TEXT NOT NULL,
  from_part TEXT NOT NULL,
  to_part TEXT,
  author TEXT,
  said_on TEXT,
  held_on TEXT NOT NULL,
  confidence REAL NOT NULL,
  words TEXT NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX dispute_document ON dispute (document);
CREATE INDEX dispute_act ON dispute (act, seq);

CREATE TABLE control_claim (
  place TEXT NOT NULL,
  event INTEGER NOT NULL REFERENCES event,
  PRIMARY KEY (place, event)
);
CREATE INDEX control_claim_of ON control_claim (event);

-- People's judgements: rows beside the machine's; an undo is a row too.

CREATE TABLE judgement (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  at TEXT NOT NULL,
  who TEXT NOT NULL,
  act TEXT NOT NULL,
  subject TEXT NOT NULL,
  object TEXT,
  verdict TEXT,
  why TEXT,
  body TEXT NOT NULL,
  undoes TEXT
);
CREATE INDEX judgement_subject ON judgement (subject);

-- The log: every row holds the hash of the row before it.

CREATE TABLE custody (
  seq INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  who TEXT NOT NULL,
  act TEXT NOT NULL,
  subject TEXT NOT NULL,
  digest TEXT NOT NULL,
  detail TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL
);
CREATE INDEX custody_subject ON custody (subject);

CREATE TRIGGER custody_is_never_changed BEFORE UPDATE ON custody
BEGIN SELECT RAISE(ABORT, 'the log is never changed'); END;
CREATE TRIGGER custody_is_never_cut BEFORE DELETE ON custody
BEGIN SELECT RAISE(ABORT, 'the log is never cut'); END;
CREATE TRIGGER judgement_is_never_changed BEFORE UPDATE ON judgement
BEGIN SELECT RAISE(ABORT, 'judgements are never changed'); END;
CREATE TRIGGER judgement_is_never_cut BEFORE DELETE ON judgement
BEGIN SELECT RAISE(ABORT, 'judgements are never cut'); END;

-- Words of every part, by part.seq. Without content: the words stand in document.text alone.
CREATE VIRTUAL TABLE search USING fts5(words, content='', tokenize='unicode61 remove_diacritics 2');
