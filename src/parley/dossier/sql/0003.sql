-- Version 3: people decide on single statements, so a statement is found by its id at once.

CREATE INDEX statement_by_id ON statement (id);
