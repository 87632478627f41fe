-- Lists that stay quick with a million tellings: what an event says of who holds a place is kept
-- ready to be walked through, the places that anything is said to hold are listed, and tables
-- that are only ever looked up by their key are kept in its order. All of it is worked out from
-- other rows; `Record` fills it when it first opens a record of an earlier schema for writing.

DROP TABLE control_claim;
CREATE TABLE control_claim (
  place TEXT NOT NULL,
  event INTEGER NOT NULL REFERENCES event,
  n INTEGER NOT NULL,
  said_first TEXT NOT NULL,
  said_all TEXT NOT NULL,
  held_first TEXT NOT NULL,
  held_all TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (place, event, n)
);
CREATE INDEX control_claim_of ON control_claim (event);

CREATE TABLE control_place (
  place TEXT PRIMARY KEY,
  folded TEXT NOT NULL,
  seq INTEGER NOT NULL,
  country TEXT,
  admin1 TEXT,
  latitude REAL,
  longitude REAL
);
CREATE INDEX control_place_order ON control_place (folded, seq);
CREATE INDEX control_place_in ON control_place (country, admin1, folded, seq);
CREATE INDEX control_place_box ON control_place (latitude, longitude);

ALTER TABLE event_entity RENAME TO event_entity_2;
DROP INDEX event_entity_of;
CREATE TABLE event_entity (
  entity TEXT NOT NULL,
  role TEXT NOT NULL,
  order_day TEXT NOT NULL,
  event INTEGER NOT NULL REFERENCES event,
  PRIMARY KEY (entity, role, order_day, event)
) WITHOUT ROWID;
INSERT INTO event_entity SELECT entity, role, order_day, event FROM event_entity_2;
DROP TABLE event_entity_2;
CREATE INDEX event_entity_of ON event_entity (event);

ALTER TABLE telling_block RENAME TO telling_block_2;
DROP INDEX telling_block_of;
CREATE TABLE telling_block (
  block TEXT NOT NULL,
  day TEXT NOT NULL,
  telling INTEGER NOT NULL REFERENCES telling,
  PRIMARY KEY (block, day, telling)
) WITHOUT ROWID;
INSERT INTO telling_block SELECT block, day, telling FROM telling_block_2;
DROP TABLE telling_block_2;
CREATE INDEX telling_block_of ON telling_block (telling);

-- Whose names a reading holds is asked by reading alone.
ALTER TABLE reading_entity RENAME TO reading_entity_2;
DROP INDEX reading_entity_of;
CREATE TABLE reading_entity (
  reading INTEGER NOT NULL REFERENCES reading,
  n INTEGER NOT NULL,
  entity INTEGER NOT NULL REFERENCES entity,
  body TEXT,
  PRIMARY KEY (reading, n)
) WITHOUT ROWID;
INSERT INTO reading_entity SELECT reading, n, entity, body FROM reading_entity_2;
DROP TABLE reading_entity_2;
