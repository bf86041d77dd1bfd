//! How far a rotation is, by what the lists show of both tokens.

mod examples;
