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

-- How many events each actor, place and source is in, by role.
CREATE TABLE entity_role (
  entity TEXT NOT NULL,
  role TEXT NOT NULL,
  events INTEGER NOT NULL,
  PRIMARY KEY (entity, role)
) WITHOUT ROWID;
CREATE INDEX entity_order ON entity (kind, folded, seq);

-- Lists are walked in the order of an index, and times are filtered in it.
DROP INDEX event_type_order;
DROP INDEX event_act_order;
DROP INDEX event_standing_order;
DROP INDEX event_tier_order;
CREATE INDEX event_type_order ON event (event_type, order_day, seq, time_to, time_from);
CREATE INDEX event_act_order ON event (act, order_day, seq, time_to, time_from);
CREATE INDEX event_mode_order ON event (mode, order_day, seq, time_to, time_from);
CREATE INDEX event_status_order ON event (status, order_day, seq, time_to, time_from);
CREATE INDEX event_standing_order ON event (standing, order_day, seq, time_to, time_from);
CREATE INDEX event_tier_order ON event (tier, order_day, seq, time_to, time_from);
CREATE INDEX event_wide_order ON event (granularity, event_type, order_day, seq, time_to);
CREATE INDEX event_until ON event (time_to);
CREATE INDEX telling_publisher ON telling (publisher, event);
CREATE INDEX part_kind ON part (kind);
CREATE INDEX forecast_order ON forecast ((COALESCE(due_to, '9999')), seq);
CREATE INDEX forecast_who ON forecast (forecaster);
CREATE INDEX forecast_entity ON forecast (entity);
CREATE INDEX dispute_author ON dispute (author);
CREATE INDEX document_list ON document (seq, said_to, said_from, held_on, publisher, digest, reading);

-- By when all that an event sums up had been said, and was held: until then a list of what was
-- known by a day has to look at its tellings.
ALTER TABLE event ADD COLUMN last_said TEXT NOT NULL DEFAULT '9999-12-31';
ALTER TABLE event ADD COLUMN last_held TEXT NOT NULL DEFAULT '9999-12-31';
CREATE INDEX event_first_said ON event (first_said);
CREATE INDEX event_first_held ON event (first_held);
CREATE INDEX event_confidence ON event (confidence);
CREATE INDEX event_box_order ON event (latitude, longitude, order_day, seq);
DROP INDEX document_said;
CREATE INDEX document_said ON document (said_to, seq, digest, reading);
