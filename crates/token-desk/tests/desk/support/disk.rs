//! A disk that does not do what is asked of it.

use std::fs;

use rusqlite::Connection as Database;

use super::Bench;

/// Every write to this table of the file fails, where the condition holds.
pub fn fails(bench: &Bench, file: &str, table: &str, when: &str) -> Database {
    let database = Database::open(bench.folder.path().join(file)).unwrap();
    let trigger = format!(
        "CREATE TRIGGER full BEFORE INSERT ON {table} WHEN {when}
         BEGIN SELECT raise(ABORT, 'disk full'); END"
    );
    database.execute_batch(&trigger).unwrap();
    database
}

pub fn works_again(database: &Database) {
    database.execute_batch("DROP TRIGGER full").unwrap();
}

pub fn remove(bench: &Bench, names: &[&str]) {
    for name in names {
        fs::remove_file(bench.folder.path().join(name)).unwrap();
    }
}

/// Takes a database back to before it kept which token a note is about.
pub const BEFORE_NOTED: &str = "
    ALTER TABLE token DROP COLUMN last_listed;
    ALTER TABLE note DROP COLUMN name;
    ALTER TABLE note DROP COLUMN created;";

/// As [`BEFORE_NOTED`], which comes first, to before it kept what is missing of a list.
pub const BEFORE_GAPS: &str = "
    DROP TABLE gap;
    ALTER TABLE connection DROP COLUMN members_reason;
    ALTER TABLE connection DROP COLUMN members_read;
    ALTER TABLE connection DROP COLUMN members_total;
    ALTER TABLE connection ADD COLUMN complete INTEGER NOT NULL DEFAULT 1;";
