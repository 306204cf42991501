-- Version 2: parts of words are found (names in other scripts and grammatical cases), and what is only ever added is
-- sealed: a seal that differs from its rows shows that something outside Parley changed them.

CREATE TABLE reading_seal (
    reading INTEGER PRIMARY KEY REFERENCES reading (key),
    sha256 TEXT NOT NULL -- of the reading's rows, see seals.py
) STRICT;

CREATE TABLE decision_seal (
    decision INTEGER PRIMARY KEY REFERENCES decision (number),
    sha256 TEXT NOT NULL -- of the decision and the seal before it
) STRICT;

CREATE TRIGGER reading_seal_kept BEFORE UPDATE ON reading_seal BEGIN SELECT raise(ABORT, 'seals are never changed'); END;
CREATE TRIGGER reading_seal_stays BEFORE DELETE ON reading_seal BEGIN SELECT raise(ABORT, 'seals are never deleted'); END;
CREATE TRIGGER decision_seal_kept BEFORE UPDATE ON decision_seal BEGIN SELECT raise(ABORT, 'seals are never changed'); END;
CREATE TRIGGER decision_seal_stays BEFORE DELETE ON decision_seal BEGIN SELECT raise(ABORT, 'seals are never deleted'); END;

CREATE VIRTUAL TABLE document_trigram USING fts5(
    text, content = 'document_words', content_rowid = 'key', tokenize = 'trigram'
);
CREATE TRIGGER document_indexed_by_part AFTER INSERT ON document BEGIN
    INSERT INTO document_trigram (rowid, text) VALUES (NEW.key, coalesce(NEW.search_text, NEW.text));
END;
INSERT INTO document_trigram (document_trigram) VALUES ('rebuild');
