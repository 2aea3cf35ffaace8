//! End-to-end stories: the built daemon and client in a practice home, against
//! the practice employer. One binary, a module per story.

// Helpers of tests fail as tests do, and say what they skip.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr
)]

mod bad_cvs;
mod bad_input;
mod cv_variants;
mod embedding_tiers;
mod first_run;
mod forms_bad_input;
mod goals;
mod harness;
mod healthy;
mod models_fail;
mod notices;
mod odd_cvs;
mod p1_approvals;
mod p1_changed_form;
mod p1_page_sends;
mod p2_kill_chromium;
mod p2_kill_scripted;
mod p3_answers;
mod p3_letters;
mod p3_stops;
mod p4_egress;
mod p4_forms;
mod p5_plugins;
mod p6_hostile_text;
mod p6_obedient_model;
mod p7_same_order;
mod p8_kill;
mod p8_kill_goal;
mod plugin_author;
mod profile_edits;
mod recorded;
mod reports;
mod schedule;
mod service;
mod shutdown;
mod simulated_days;
mod sockets;
mod source_health;
mod together;
mod watchdog;
