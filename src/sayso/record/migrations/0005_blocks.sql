-- Which events have tellings in a block, on which day: what a new telling may belong to is found
-- without reading the tellings that are there. Worked out from tellings.
CREATE TABLE event_block (
  block TEXT NOT NULL,
  day TEXT NOT NULL,
  event INTEGER NOT NULL,
  PRIMARY KEY (block, day, event)
) WITHOUT ROWID;
INSERT INTO event_block (block, day, event)
  SELECT DISTINCT b.block, b.day, t.event FROM telling_block b JOIN telling t ON t.seq = b.telling
  WHERE t.event IS NOT NULL ORDER BY 1, 2, 3;
CREATE INDEX event_block_of ON event_block (event);
DROP TABLE telling_block;

-- Its columns are the first two of event_box_order. (On PostgreSQL it is the index over points.)
DROP INDEX event_box;
