//! Tests of the state machine.

mod lives;
mod promises;
mod samples;
mod table;
