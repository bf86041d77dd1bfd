//! Texts and archives, as they are pasted or lie in a file.

use token_scan::{Silent, scan_text};

use super::{check, options};

/// Every plain value of a text is found, whatever is around it.
///
/// # Panics
/// Where that does not hold.
pub fn leak_text(bytes: &[u8]) {
    check(&scan_text(bytes, &options(), &Silent), bytes);
}

/// An archive is read or told to be unreadable, and its own bytes are searched in any case.
///
/// # Panics
/// Where that does not hold.
pub fn leak_archive(bytes: &[u8]) {
    let report = scan_text(bytes, &options(), &Silent);
    check(&report, bytes);
    let (read, unread) = (report.ledger.all_read(), report.ledger.all_unread());
    assert!(!read.is_empty() || !unread.is_empty(), "the ledger has it");
}
