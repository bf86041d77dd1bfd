//! The program as a shell runs it: what it prints where, how it ends, and what it leaves alone.

mod create;
mod desktop;
mod golden;
mod guide;
mod identify;
mod kept;
mod list;
mod manual;
mod revoke;
mod rotate;
mod scan;
mod schemas;
mod shell;
mod sign_in;
mod stop;
mod stopped_acts;
