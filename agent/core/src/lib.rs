//! The pure domain of the job-search agent: what a job, a profile and an
//! application are, how stated text is normalised, and how a job is judged.
//!
//! Nothing here does I/O, reads a clock or asks the environment; callers pass
//! the time in. What was stated is kept beside what was understood, so that
//! every decision can be explained from stored evidence.
#![deny(missing_docs)]

pub mod application;
pub mod cluster;
pub mod filter;
pub mod form;
pub mod grounding;
pub mod health;
pub mod html;
pub mod ids;
pub mod job;
pub mod links;
pub mod manners;
pub mod matching;
pub mod normal;
pub mod page;
pub mod plan;
pub mod profile;
pub mod report;
pub mod sites;
pub mod skill;
pub mod text;
