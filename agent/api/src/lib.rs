//! What the daemon and its clients share: the gRPC contract, where things lie
//! on disk, the socket at both ends, and the reasons errors carry.
//!
//! It knows nothing of the domain: `agentctl` links this crate and none other.

#![deny(missing_docs)]

pub mod client;
mod json;
pub mod paths;
pub mod reason;
pub mod socket;

/// The generated messages, clients and servers of `proto/agent/v1`.
///
/// Every message is `Serialize` with the field names of the proto; times are
/// RFC 3339 text, or null when not set.
pub mod v1 {
    #![allow(missing_docs, unreachable_pub, clippy::all, rustdoc::all)]
    tonic::include_proto!("agent.v1");
}

/// A point in time in the messages of [`v1`].
pub use prost_types::Timestamp;

/// Raised by one at each change that an older client cannot read.
pub const PROTOCOL: u32 = 1;

/// Version of this build, as `agentd` and `agentctl` report it.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Largest CV that is read, in bytes; clients refuse a larger one before sending it.
pub const MAX_CV_BYTES: u64 = 8 * 1024 * 1024;

/// Largest message either side decodes, in bytes: a CV and its envelope, with room.
///
/// tonic's own default of 4 MiB is too small, so servers and clients both set this.
pub const MAX_MESSAGE_BYTES: usize = 16 * 1024 * 1024;
