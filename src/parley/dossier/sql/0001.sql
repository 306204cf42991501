-- Version 1: documents, readings, statements, actors as read, lineage, refusals, runs, decisions, word search.
-- Spans are half-open [start, end) in code points of document.text. Times are ISO 8601, UTC. Lists are JSON arrays.
-- Acts, modes, degrees, issues and modifiers are the codebook's, furniture reasons and derivation kinds grow with the
-- records: they are checked on the way in. Closed lists are checked here.

CREATE TABLE migration (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    applied_at TEXT NOT NULL CHECK (applied_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T*Z'),
    program TEXT NOT NULL
) STRICT;

CREATE TABLE document (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    path TEXT NOT NULL,
    format TEXT NOT NULL,
    text TEXT NOT NULL, -- exactly as it came, never changed
    search_text TEXT, -- NULL: the text itself is indexed; else the text with each NUL and marker character as a space
    sha256 TEXT NOT NULL, -- of text as UTF-8
    original_sha256 TEXT NOT NULL, -- of the bytes that came
    encoding TEXT, -- NULL: what came was not bytes of text (PDF, Word), or nobody said
    notes TEXT NOT NULL CHECK (json_valid(notes)),
    added_at TEXT NOT NULL CHECK (added_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T*Z')
) STRICT;

-- No row: the fact is unknown.
CREATE TABLE fact (
    document INTEGER NOT NULL REFERENCES document (key),
    field TEXT NOT NULL CHECK (field IN ('title', 'outlet', 'author', 'date', 'language', 'genre')),
    value TEXT NOT NULL,
    basis TEXT NOT NULL CHECK (basis IN ('stated', 'inferred', 'given')),
    evidence TEXT NOT NULL,
    PRIMARY KEY (document, field)
) STRICT, WITHOUT ROWID;

CREATE TABLE furniture (
    document INTEGER NOT NULL REFERENCES document (key),
    position INTEGER NOT NULL,
    start INTEGER NOT NULL CHECK (start >= 0),
    "end" INTEGER NOT NULL CHECK ("end" >= start),
    reason TEXT NOT NULL,
    PRIMARY KEY (document, position)
) STRICT, WITHOUT ROWID;

-- A second reading of a document stands beside the first, whoever read it.
CREATE TABLE reading (
    key INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES document (key),
    reader TEXT NOT NULL,
    unread TEXT NOT NULL CHECK (json_valid(unread)),
    added_at TEXT NOT NULL CHECK (added_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T*Z')
) STRICT;
CREATE INDEX reading_by_document ON reading (document, reader);

CREATE TABLE statement (
    key INTEGER PRIMARY KEY,
    reading INTEGER NOT NULL REFERENCES reading (key),
    position INTEGER NOT NULL, -- order in the reading
    id TEXT NOT NULL, -- content-derived: two readings of a document may share it
    start INTEGER NOT NULL CHECK (start >= 0),
    "end" INTEGER NOT NULL CHECK ("end" >= start),
    content TEXT NOT NULL, -- the words that the span covers
    speaker TEXT NOT NULL, -- as the reader named them, before linking and decisions
    voice TEXT NOT NULL CHECK (voice IN ('party', 'expert', 'anonymous', 'reporter')),
    act TEXT NOT NULL,
    rule TEXT NOT NULL,
    anchor_prefix TEXT NOT NULL,
    anchor_suffix TEXT NOT NULL,
    anchor_exact TEXT, -- NULL: the content
    anchor_start INTEGER, -- NULL: the start
    anchor_end INTEGER, -- NULL: the end
    speaker_start INTEGER, -- NULL: no words name the speaker here
    speaker_end INTEGER,
    speaker_text TEXT, -- NULL: the article's own voice, or no words name the speaker
    cue_start INTEGER, -- NULL: nothing ties the speaker to the content
    cue_end INTEGER,
    cue TEXT,
    mode TEXT, -- NULL: the act is not ASSESS
    degree TEXT, -- NULL: the act is not ACCEPT, or the text does not say how far
    issues TEXT NOT NULL CHECK (json_valid(issues)),
    stance TEXT NOT NULL CHECK (stance IN ('for', 'against', 'conditional', 'none')),
    addressee TEXT, -- NULL: said to nobody in particular
    via TEXT NOT NULL CHECK (json_valid(via)),
    quote TEXT NOT NULL CHECK (quote IN ('direct', 'mixed', 'indirect')),
    quote_altered INTEGER NOT NULL CHECK (quote_altered IN (0, 1)),
    modifiers TEXT NOT NULL CHECK (json_valid(modifiers)),
    confidence REAL, -- NULL: the reader does not say
    UNIQUE (reading, id),
    UNIQUE (reading, position)
) STRICT;

-- Actors as one reader met them in one document; linking them is done on the way out.
CREATE TABLE actor (
    reading INTEGER NOT NULL REFERENCES reading (key),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('person', 'office', 'state', 'group', 'organisation', 'outlet', 'unknown')),
    names TEXT NOT NULL CHECK (json_valid(names)),
    roles TEXT NOT NULL CHECK (json_valid(roles)),
    belongs_to TEXT, -- NULL: the text does not say
    documents TEXT NOT NULL CHECK (json_valid(documents)),
    PRIMARY KEY (reading, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE time_mention (
    reading INTEGER NOT NULL REFERENCES reading (key),
    position INTEGER NOT NULL,
    start INTEGER NOT NULL CHECK (start >= 0),
    "end" INTEGER NOT NULL CHECK ("end" >= start),
    text TEXT NOT NULL,
    resolved TEXT, -- NULL: unresolved; basis says why
    basis TEXT NOT NULL,
    PRIMARY KEY (reading, position)
) STRICT, WITHOUT ROWID;

-- Lineage is computed anew whenever documents join: these four tables are replaced as a whole.
CREATE TABLE derivation (
    key INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES document (key),
    kind TEXT NOT NULL,
    source TEXT, -- NULL: the origin is not named
    of_document INTEGER REFERENCES document (key), -- NULL: the origin is not in the dossier
    score REAL, -- NULL: a stated line, nothing was measured
    quotes_altered INTEGER NOT NULL CHECK (quotes_altered IN (0, 1))
) STRICT;

CREATE TABLE derivation_evidence (
    derivation INTEGER NOT NULL REFERENCES derivation (key),
    position INTEGER NOT NULL,
    document INTEGER NOT NULL REFERENCES document (key),
    start INTEGER NOT NULL CHECK (start >= 0),
    "end" INTEGER NOT NULL CHECK ("end" >= start),
    shows TEXT NOT NULL,
    PRIMARY KEY (derivation, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE origin_group (
    position INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    because TEXT NOT NULL
) STRICT;

CREATE TABLE origin_member (
    document INTEGER PRIMARY KEY REFERENCES document (key), -- one group a document
    origin_group INTEGER NOT NULL REFERENCES origin_group (position),
    position INTEGER NOT NULL
) STRICT;

-- The latest refusal of a path; gone once the path is read.
CREATE TABLE refusal (
    path TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('skipped', 'refused')),
    reason TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE run (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL CHECK (at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T*Z'),
    program TEXT NOT NULL,
    reader TEXT NOT NULL,
    read INTEGER NOT NULL,
    unchanged INTEGER NOT NULL,
    skipped INTEGER NOT NULL,
    refused INTEGER NOT NULL
) STRICT;

-- What people decided, in order. Kinds are open: a dossier keeps those of a later Parley and leaves them alone.
CREATE TABLE decision (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL CHECK (at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T*Z'),
    who TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL CHECK (json_valid(detail))
) STRICT;

-- One reading a document: by the reader of the latest run where it read the document, else the latest reading.
CREATE VIEW current_reading AS
SELECT key, document, reader
FROM (
    SELECT key, document, reader, row_number() OVER (
        PARTITION BY document
        ORDER BY reader = (SELECT reader FROM run ORDER BY number DESC LIMIT 1) DESC, key DESC
    ) AS place
    FROM reading
)
WHERE place = 1;

CREATE VIEW document_words AS SELECT key, coalesce(search_text, text) AS text FROM document;

CREATE VIRTUAL TABLE document_fts USING fts5(
    text, content = 'document_words', content_rowid = 'key', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE statement_fts USING fts5(
    content, speaker, speaker_text,
    content = 'statement', content_rowid = 'key', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER document_indexed AFTER INSERT ON document BEGIN
    INSERT INTO document_fts (rowid, text) VALUES (NEW.key, coalesce(NEW.search_text, NEW.text));
END;
CREATE TRIGGER statement_indexed AFTER INSERT ON statement BEGIN
    INSERT INTO statement_fts (rowid, content, speaker, speaker_text)
    VALUES (NEW.key, NEW.content, NEW.speaker, NEW.speaker_text);
END;

-- Documents, readings and decisions are only ever added, so the indexes above never need more than their INSERT.
CREATE TRIGGER document_kept BEFORE UPDATE ON document BEGIN SELECT raise(ABORT, 'documents are never changed'); END;
CREATE TRIGGER document_stays BEFORE DELETE ON document BEGIN SELECT raise(ABORT, 'documents are never deleted'); END;
CREATE TRIGGER reading_kept BEFORE UPDATE ON reading BEGIN SELECT raise(ABORT, 'readings are never changed'); END;
CREATE TRIGGER reading_stays BEFORE DELETE ON reading BEGIN SELECT raise(ABORT, 'readings are never deleted'); END;
CREATE TRIGGER statement_kept BEFORE UPDATE ON statement BEGIN SELECT raise(ABORT, 'readings are never changed'); END;
CREATE TRIGGER statement_stays BEFORE DELETE ON statement BEGIN SELECT raise(ABORT, 'readings are never deleted'); END;
CREATE TRIGGER actor_kept BEFORE UPDATE ON actor BEGIN SELECT raise(ABORT, 'readings are never changed'); END;
CREATE TRIGGER actor_stays BEFORE DELETE ON actor BEGIN SELECT raise(ABORT, 'readings are never deleted'); END;
CREATE TRIGGER time_kept BEFORE UPDATE ON time_mention BEGIN SELECT raise(ABORT, 'readings are never changed'); END;
CREATE TRIGGER time_stays BEFORE DELETE ON time_mention BEGIN SELECT raise(ABORT, 'readings are never deleted'); END;
CREATE TRIGGER decision_kept BEFORE UPDATE ON decision BEGIN SELECT raise(ABORT, 'decisions are never changed'); END;
CREATE TRIGGER decision_stays BEFORE DELETE ON decision BEGIN SELECT raise(ABORT, 'decisions are never deleted'); END;
CREATE TRIGGER decision_appended BEFORE INSERT ON decision
WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM decision)
BEGIN SELECT raise(ABORT, 'decisions are only appended'); END;
