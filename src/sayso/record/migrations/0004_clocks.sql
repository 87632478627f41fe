-- Lists by the clocks stay quick with a million tellings: what the clocks ask of an event stands
-- beside every actor, place and source that lists it, and in the indexes that lists walk in order.

ALTER TABLE event_entity RENAME TO event_entity_3;
DROP INDEX event_entity_of;
CREATE TABLE event_entity (
  entity TEXT NOT NULL,
  role TEXT NOT NULL,
  order_day TEXT NOT NULL,
  event INTEGER NOT NULL REFERENCES event,
  time_from TEXT,
  time_to TEXT,
  first_said TEXT,
  first_held TEXT NOT NULL,
  reader INTEGER NOT NULL,
  PRIMARY KEY (entity, role, order_day, event)
) WITHOUT ROWID;
INSERT INTO event_entity SELECT x.entity, x.role, x.order_day, x.event, e.time_from, e.time_to,
  e.first_said, e.first_held, CASE WHEN e.standing = 'reader' THEN 1 ELSE 0 END
  FROM event_entity_3 x JOIN event e ON e.seq = x.event ORDER BY 1, 2, 3, 4;
DROP TABLE event_entity_3;
CREATE INDEX event_entity_of ON event_entity (event);
-- Who deals with whom is asked of the newest events that have a recipient.
CREATE INDEX event_recipient ON event_entity (order_day, event) WHERE role = 'recipient';

-- Wide enough that whatever filters are joined, rows are chosen in the index alone.
DROP INDEX event_order;
CREATE INDEX event_order ON event (order_day, seq, time_to, time_from, first_said, first_held,
  standing, tier, status, event_type, mode, act, confidence, polarity);
DROP INDEX event_first_said;
DROP INDEX event_first_held;
DROP INDEX event_confidence;
DROP INDEX event_until;
DROP INDEX event_type_order;
DROP INDEX event_act_order;
DROP INDEX event_mode_order;
DROP INDEX event_status_order;
DROP INDEX event_standing_order;
DROP INDEX event_tier_order;
CREATE INDEX event_type_order ON event (event_type, order_day, seq, time_to, time_from,
  first_said, first_held);
CREATE INDEX event_act_order ON event (act, order_day, seq, time_to, time_from, first_said,
  first_held);
CREATE INDEX event_mode_order ON event (mode, order_day, seq, time_to, time_from, first_said,
  first_held);
CREATE INDEX event_status_order ON event (status, order_day, seq, time_to, time_from, first_said,
  first_held);
CREATE INDEX event_standing_order ON event (standing, order_day, seq, time_to, time_from,
  first_said, first_held);
CREATE INDEX event_tier_order ON event (tier, order_day, seq, time_to, time_from, first_said,
  first_held);

-- Which tellings an event has, when they date it and were said; which events a part tells of;
-- whether a newer reading of the same bytes is there: each answered without reading the row.
DROP INDEX telling_event;
CREATE INDEX telling_event ON telling (event, time_to, said_on, held_on);
DROP INDEX telling_document;
CREATE INDEX telling_document ON telling (document, part, event);
DROP INDEX document_digest;
CREATE INDEX document_digest ON document (digest, stated, reading);
DROP INDEX document_said;
CREATE INDEX document_said ON document (said_to, said_from, held_on, seq, digest, reading);
DROP INDEX part_kind;
CREATE INDEX part_kind ON part (kind, document);

-- What is said of who holds a place lies together, place by place, as it is walked.
ALTER TABLE control_claim RENAME TO control_claim_3;
DROP INDEX control_claim_of;
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
) WITHOUT ROWID;
INSERT INTO control_claim SELECT place, event, n, said_first, said_all, held_first, held_all, body
  FROM control_claim_3 ORDER BY place, event, n;
DROP TABLE control_claim_3;
CREATE INDEX control_claim_of ON control_claim (event);
