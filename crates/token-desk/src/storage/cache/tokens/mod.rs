//! What the app keeps about single tokens besides the list: notes, and fingerprints of their values.

mod fingerprints;
mod leaks;
mod notes;
