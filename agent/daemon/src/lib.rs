//! The daemon: it composes the rooms, drives the pipeline and serves `agentctl`.
//!
//! `rpc → handle → pipeline → rooms`. Only `rpc` sees protobuf types, only
//! `config` reads the environment, only `clock` asks the time.

mod analysis;
mod applications;
pub mod boot;
mod by_hand;
pub mod cli;
pub mod clock;
mod clusters;
pub mod config;
mod directory;
mod doctor;
pub mod document;
mod events;
pub mod fault;
mod faults;
mod feedback;
mod goals;
mod handle;
mod inbox;
mod ledger;
mod letters;
mod logging;
mod manners;
mod models;
mod notify;
mod outlet;
mod pipeline;
pub mod plugin_tools;
mod plugins;
pub mod practice;
mod profile;
pub mod program;
mod reports;
mod retention;
mod rpc;
mod schedule;
mod scheduler;
mod search;
mod service_manager;
mod sites;
mod source_check;
mod sources;
#[cfg(test)]
mod tests;
mod tiers;
mod variants;
