//! End-to-end stories: the built daemon and client in a practice home, against
//! the practice employer. One binary, a module per story.

mod bad_input;
mod first_run;
mod harness;
mod p4_egress;
mod p5_plugins;
mod p6_hostile_text;
mod p8_kill;
mod recorded;
mod schedule;
mod sockets;
