//! How far a rotation is, by what the lists show of both tokens.

#[path = "../calibration/draw.rs"]
mod draw;
mod drawn;
mod examples;
#[path = "../calibration/server.rs"]
mod server;
mod story;
mod world;
