//! What one fetch may cost.

use std::time::Duration;

/// The limits of one fetch. The defaults are what a portal's largest boards
/// need, with room; tests narrow them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FetchLimits {
    /// Bytes of an address.
    pub url_bytes: usize,
    /// Bytes of a request's body.
    pub request_bytes: usize,
    /// Redirects followed.
    pub redirects: u32,
    /// From the name look-up to a finished TLS handshake.
    pub connect: Duration,
    /// From the finished connection to the last response header.
    pub headers: Duration,
    /// Between two pieces of a body.
    pub idle: Duration,
    /// All hops of a fetch together. Waiting for a host's turn does not count.
    pub whole: Duration,
    /// Slowest body that is put up with, once [`FetchLimits::rate_grace`] is over.
    pub bytes_per_second: u32,
    /// How long a body may start slowly.
    pub rate_grace: Duration,
    /// Response headers.
    pub header_count: usize,
    /// Bytes of all response headers' names and values together.
    pub header_bytes: usize,
    /// Bytes of a body as it is sent.
    pub raw_bytes: u64,
    /// Bytes of a body after decompression.
    pub decoded_bytes: u64,
    /// Decoded bytes for each byte sent, once a mebibyte is decoded.
    pub ratio: u64,
}

impl Default for FetchLimits {
    fn default() -> Self {
        const MIB: u64 = 1024 * 1024;
        Self {
            url_bytes: 8 * 1024,
            request_bytes: 256 * 1024,
            redirects: 5,
            connect: Duration::from_secs(5),
            headers: Duration::from_secs(10),
            idle: Duration::from_secs(10),
            whole: Duration::from_secs(30),
            bytes_per_second: 1000,
            rate_grace: Duration::from_secs(5),
            header_count: 100,
            header_bytes: 64 * 1024,
            raw_bytes: 8 * MIB,
            decoded_bytes: 32 * MIB,
            ratio: 100,
        }
    }
}
