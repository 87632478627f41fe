-- Which entities a reading names is asked by reading alone, all at once and in their order: a list
-- beside it, in which an entity stands by its row number, or as [number, JSON] where the reading
-- says other things of it than its row. (From here on `telling.body` leaves out what stands in the
-- columns beside it; bodies of before are read as ever.)
ALTER TABLE reading ADD COLUMN entities TEXT NOT NULL DEFAULT '[]';
UPDATE reading SET entities = '[' || (
  SELECT group_concat(x.item) FROM (
    SELECT CASE WHEN re.body IS NULL THEN CAST(re.entity AS TEXT)
      ELSE '[' || re.entity || ',' || re.body || ']' END AS item
    FROM reading_entity re WHERE re.reading = reading.seq ORDER BY re.n
  ) x
) || ']' WHERE EXISTS (SELECT 1 FROM reading_entity re WHERE re.reading = reading.seq);
DROP TABLE reading_entity;
