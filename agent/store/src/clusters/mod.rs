//! Which postings are one opening: their prints, the links between them, the
//! person's word on it, and the clusters that follow.
//!
//! A trigger queues every job that is new or says something else. Taking one from
//! the queue looks it up under its keys, compares it with the few jobs found, and
//! makes its cluster anew from all links of the jobs in it.

mod known;
mod person;
mod queue;
mod read;
mod write;

pub use known::KnownPrints;
pub use queue::{NewPrint, ToCluster};
pub use read::{AlsoAt, ClusterMate};
pub use write::Clustered;
