-- What `sayso watch` asks again and again, and how it went. A page that is asked is evidence in
-- `capture`; these rows only say when to ask next, and may be lost without harm.

CREATE TABLE watched (
  uri TEXT PRIMARY KEY,
  depth INTEGER NOT NULL,
  etag TEXT,
  modified TEXT,
  asked_at TEXT,
  next_at TEXT NOT NULL,
  quiet INTEGER NOT NULL,
  failures INTEGER NOT NULL,
  reason TEXT
);
CREATE INDEX watched_next ON watched (next_at);

CREATE TABLE watched_for (
  source TEXT NOT NULL,
  uri TEXT NOT NULL REFERENCES watched,
  PRIMARY KEY (source, uri)
);
