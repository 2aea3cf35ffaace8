//! Reads an answer's body under every limit at once: size as sent, size after
//! decompression, their ratio, time, and speed.
#![deny(clippy::indexing_slicing)]

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use async_compression::tokio::bufread::{BrotliDecoder, GzipDecoder};
use futures::StreamExt;
use reqwest::Response;
use reqwest::header::{CONTENT_ENCODING, HeaderMap};
use tokio::io::{AsyncBufRead, AsyncRead, AsyncReadExt};
use tokio::time::{Instant, timeout_at};
use tokio_util::io::StreamReader;

use super::client::chain;
use super::limits::FetchLimits;
use crate::fetch::FetchError;

/// Below this many decoded bytes the ratio is not judged: a short text of one
/// letter is no bomb.
const RATIO_FROM: u64 = 1024 * 1024;

/// The whole body, decoded. What comes in is added to `received` as it comes.
pub(super) async fn read(
    response: Response,
    limits: &FetchLimits,
    deadline: Instant,
    received: Arc<AtomicU64>,
) -> Result<Vec<u8>, FetchError> {
    let encoding = Encoding::of(response.headers())?;
    if response
        .content_length()
        .is_some_and(|length| length > limits.raw_bytes)
    {
        return Err(too_large(limits));
    }
    let before = received.load(Ordering::Relaxed);
    let counted = {
        let received = Arc::clone(&received);
        let limits = *limits;
        response.bytes_stream().map(move |piece| {
            let piece = piece.map_err(|error| broken(chain(&error.without_url())))?;
            let size = piece.len() as u64;
            let raw = received.fetch_add(size, Ordering::Relaxed) + size - before;
            if raw > limits.raw_bytes {
                return Err(io::Error::other(too_large(&limits)));
            }
            Ok(piece)
        })
    };
    let mut decoded = encoding.decoder(StreamReader::new(counted));

    let started = Instant::now();
    let mut body = Vec::new();
    let mut piece = vec![0; 64 * 1024];
    loop {
        let now = Instant::now();
        let patience = deadline.min(now + limits.idle);
        let length = match timeout_at(patience, decoded.read(&mut piece)).await {
            Ok(Ok(length)) => length,
            Ok(Err(error)) => return Err(carried(error)),
            Err(_) if patience == deadline => return Err(out_of_time(limits)),
            Err(_) => return Err(too_slow()),
        };
        let raw = received.load(Ordering::Relaxed) - before;
        if length == 0 {
            return Ok(body);
        }
        body.extend(piece.iter().take(length));
        let size = body.len() as u64;
        if size > limits.decoded_bytes {
            return Err(too_much(format!(
                "a body is at most {} bytes when decompressed",
                limits.decoded_bytes
            )));
        }
        if size > RATIO_FROM && size / raw.max(1) > limits.ratio {
            return Err(too_much(format!(
                "a body may grow at most {}-fold when decompressed",
                limits.ratio
            )));
        }
        let elapsed = started.elapsed();
        if elapsed > limits.rate_grace
            && (raw as f64) < elapsed.as_secs_f64() * f64::from(limits.bytes_per_second)
        {
            return Err(too_slow());
        }
    }
}

pub(super) fn out_of_time(limits: &FetchLimits) -> FetchError {
    too_much(format!(
        "{} s for a whole fetch",
        limits.whole.as_secs_f32()
    ))
}

pub(super) fn too_much(what: String) -> FetchError {
    FetchError::TooMuch { what }
}

fn too_large(limits: &FetchLimits) -> FetchError {
    too_much(format!("a body is at most {} bytes", limits.raw_bytes))
}

fn too_slow() -> FetchError {
    too_much("the server sends too slowly".to_owned())
}

fn broken(why: String) -> io::Error {
    io::Error::other(FetchError::Failed { why })
}

/// Our own verdict that travelled through a decoder, or the decoder's complaint.
fn carried(error: io::Error) -> FetchError {
    match error.get_ref().and_then(|inner| inner.downcast_ref()) {
        Some(FetchError::Failed { why }) => FetchError::Failed { why: why.clone() },
        Some(verdict) => FetchError::clone(verdict),
        None => FetchError::Failed {
            why: format!("the body cannot be decompressed: {error}"),
        },
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Plain,
    Gzip,
    Brotli,
}

impl Encoding {
    /// At most one layer, over all `content-encoding` headers together: layers
    /// multiply, and no honest server stacks them (compare CVE-2023-23916).
    fn of(headers: &HeaderMap) -> Result<Self, FetchError> {
        let mut layers = Vec::new();
        for value in headers.get_all(CONTENT_ENCODING) {
            let value = value.to_str().unwrap_or("unreadable").to_ascii_lowercase();
            layers.extend(
                value
                    .split(',')
                    .map(|layer| layer.trim().to_owned())
                    .filter(|layer| !layer.is_empty() && layer != "identity"),
            );
        }
        match layers.as_slice() {
            [] => Ok(Self::Plain),
            [one] => match one.as_str() {
                "gzip" | "x-gzip" => Ok(Self::Gzip),
                "br" => Ok(Self::Brotli),
                _ => Err(FetchError::Refused {
                    why: "the body is in an encoding that was not asked for".to_owned(),
                }),
            },
            [_, _, ..] => Err(FetchError::Refused {
                why: "the body is encoded more than once".to_owned(),
            }),
        }
    }

    fn decoder<'a>(
        self,
        raw: impl AsyncBufRead + Send + Unpin + 'a,
    ) -> Box<dyn AsyncRead + Send + Unpin + 'a> {
        match self {
            Self::Plain => Box::new(raw),
            Self::Gzip => {
                let mut decoder = GzipDecoder::new(raw);
                decoder.multiple_members(true);
                Box::new(decoder)
            }
            Self::Brotli => Box::new(BrotliDecoder::new(raw)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::HeaderValue;

    fn check(values: &[&str], expected: Option<Encoding>) {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(CONTENT_ENCODING, HeaderValue::from_str(value).unwrap());
        }
        assert_eq!(Encoding::of(&headers).ok(), expected, "{values:?}");
    }

    #[test]
    fn one_known_encoding_is_taken_and_a_second_layer_is_not() {
        check(&[], Some(Encoding::Plain));
        check(&["identity"], Some(Encoding::Plain));
        check(&["gzip"], Some(Encoding::Gzip));
        check(&["X-GZIP"], Some(Encoding::Gzip));
        check(&["br"], Some(Encoding::Brotli));
        check(&["identity, gzip"], Some(Encoding::Gzip));
        check(&["zstd"], None);
        check(&["deflate"], None);
        check(&["gzip, gzip"], None);
        check(&["gzip,br"], None);
        check(&["gzip", "gzip"], None);
        check(&["gzip", "", "br"], None);
    }
}
