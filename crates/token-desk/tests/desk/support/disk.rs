//! A disk that does not do what is asked of it.

use std::fs;

use rusqlite::Connection as Database;

use super::Bench;

/// The error of a write that [`fails`] makes fail.
pub const FAILED: &str = "integer overflow";

/// Every row that is added to this table of the file, and for which the condition holds, fails: an index
/// has to compute what cannot be computed. A trigger would not be run.
pub fn fails(bench: &Bench, file: &str, table: &str, when: &str) -> Database {
    let database = Database::open(bench.folder.path().join(file)).unwrap();
    let overflow = "abs(-9223372036854775807 - 1)";
    let index = format!("CREATE INDEX full ON {table} (iif({when}, {overflow}, 0))");
    database.execute_batch(&index).unwrap();
    database
}

pub fn works_again(database: &Database) {
    database.execute_batch("DROP INDEX full").unwrap();
}

/// No row of this table that fits can be deleted: another table has one that refers to it by its key.
pub fn holds(bench: &Bench, file: &str, table: &str, key: &str, when: &str) -> Database {
    let database = Database::open(bench.folder.path().join(file)).unwrap();
    let holds = format!(
        "CREATE TABLE full ({key}, FOREIGN KEY ({key}) REFERENCES {table} ({key}));
         INSERT INTO full SELECT {key} FROM {table} WHERE {when};"
    );
    database.execute_batch(&holds).unwrap();
    database
}

pub fn lets_go(database: &Database) {
    database.execute_batch("DROP TABLE full").unwrap();
}

pub fn remove(bench: &Bench, names: &[&str]) {
    for name in names {
        fs::remove_file(bench.folder.path().join(name)).unwrap();
    }
}

/// Takes a database back to before it kept which token a note is about.
pub const BEFORE_NOTED: &str = "
    DROP TABLE belongs;
    DROP TABLE scan_place;
    DROP TABLE scan;
    DROP TABLE leak;
    DROP TABLE fingerprint;
    ALTER TABLE token DROP COLUMN last_listed;
    ALTER TABLE note DROP COLUMN name;
    ALTER TABLE note DROP COLUMN created;";

/// Like [`BEFORE_NOTED`], which comes first, to before it kept what is missing of a list.
pub const BEFORE_GAPS: &str = "
    DROP TABLE gap;
    ALTER TABLE connection DROP COLUMN members_reason;
    ALTER TABLE connection DROP COLUMN members_read;
    ALTER TABLE connection DROP COLUMN members_total;
    ALTER TABLE connection ADD COLUMN complete INTEGER NOT NULL DEFAULT 1;";
