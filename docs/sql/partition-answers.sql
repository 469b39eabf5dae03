-- Cuts the journal of answers into 16 partitions by sitting (docs/operations.md). For PostgreSQL, while no node runs:
--   psql --set ON_ERROR_STOP=1 --file docs/sql/partition-answers.sql ADDRESS
-- Everything or nothing; the program needs no change. A test runs it (backend/tests/api/partitions.rs).
BEGIN;

ALTER TABLE answer_entry RENAME TO answer_entry_whole;

CREATE TABLE answer_entry (
    LIKE answer_entry_whole INCLUDING DEFAULTS,
    PRIMARY KEY (sitting_id, epoch, seq),
    FOREIGN KEY (sitting_id) REFERENCES sitting (id)
) PARTITION BY HASH (sitting_id);

DO $$
BEGIN
    FOR part IN 0..15 LOOP
        EXECUTE format(
            'CREATE TABLE answer_entry_%s PARTITION OF answer_entry FOR VALUES WITH (MODULUS 16, REMAINDER %s)',
            part, part
        );
    END LOOP;
END
$$;

INSERT INTO answer_entry SELECT * FROM answer_entry_whole;

DROP TABLE answer_entry_whole;

CREATE INDEX ix_answer_entry_late ON answer_entry (sitting_id) WHERE verdict = 'store_as_late';

COMMIT;
