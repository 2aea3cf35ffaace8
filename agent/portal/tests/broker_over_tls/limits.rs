//! Servers that send too much, too slowly, or nonsense.

use std::time::{Duration, Instant};

use agent_portal::broker::FetchLimits;
use agent_portal::fetch::FetchError;
use async_compression::tokio::bufread::{BrotliEncoder, GzipEncoder};
use tokio::io::AsyncReadExt;

use crate::site::{After, Answer, Site, head, page};

const URL: &str = "https://jobs.example.com/";
const MIB: usize = 1024 * 1024;

#[derive(Debug, PartialEq)]
enum Verdict {
    /// A body of this many bytes.
    Taken(usize),
    TooMuch,
    Refused,
    Failed,
}

/// What becomes of an answer, and that the ledger says the same.
async fn check(limits: FetchLimits, answer: fn(&[u8]) -> Answer, body: &[u8], expected: Verdict) {
    let body = body.to_vec();
    let site = Site::answering(move |_| answer(&body)).await;
    let broker = site.broker(limits);
    let started = Instant::now();
    let result = broker.get(URL).await;
    assert!(started.elapsed() < Duration::from_secs(20));
    let entry = broker.ledger().pop().unwrap();
    assert_eq!(
        entry.refusal,
        result.as_ref().err().map(ToString::to_string)
    );
    // Nobody reads on when a limit is reached: at most what is on its way.
    let most = limits.raw_bytes + limits.header_bytes as u64 + 2 * MIB as u64;
    assert!(entry.bytes_in <= most, "{}", entry.bytes_in);
    let verdict = match &result {
        Ok(response) => Verdict::Taken(response.body.len()),
        Err(FetchError::TooMuch { .. }) => Verdict::TooMuch,
        Err(FetchError::Refused { .. }) => Verdict::Refused,
        Err(FetchError::Failed { .. }) => Verdict::Failed,
        Err(
            FetchError::NotGranted { .. }
            | FetchError::Wait { .. }
            | FetchError::Blocked { .. }
            | FetchError::NoRecordedAnswer { .. },
        ) => panic!("{result:?}"),
    };
    let reason = result.err().map(|error| error.to_string());
    assert_eq!(verdict, expected, "{reason:?}");
}

fn hasty() -> FetchLimits {
    FetchLimits {
        connect: Duration::from_secs(5),
        headers: Duration::from_millis(300),
        idle: Duration::from_millis(300),
        rate_grace: Duration::from_millis(300),
        ..FetchLimits::default()
    }
}

async fn gzip(body: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    let mut encoder = GzipEncoder::new(body);
    encoder.read_to_end(&mut packed).await.unwrap();
    packed
}

async fn brotli(body: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    let mut encoder = BrotliEncoder::with_quality(body, async_compression::Level::Fastest);
    encoder.read_to_end(&mut packed).await.unwrap();
    packed
}

/// Text that packs well, but not suspiciously so.
fn prose(length: usize) -> Vec<u8> {
    (0u64..)
        .flat_map(|n| format!("{} jobs. ", n.wrapping_mul(0x9e37_79b9_7f4a_7c15)).into_bytes())
        .take(length)
        .collect()
}

fn plain(body: &[u8]) -> Answer {
    page(200, &[], body)
}

fn gzipped(body: &[u8]) -> Answer {
    page(200, &[("content-encoding", "gzip")], body)
}

fn brotlied(body: &[u8]) -> Answer {
    page(200, &[("content-encoding", "br")], body)
}

/// No length and no chunks: the end of the connection is the end of the body.
fn unsized_body(body: &[u8]) -> Answer {
    let mut bytes = head(200, &[("connection", "close")], &[]);
    bytes.extend_from_slice(body);
    Answer(bytes, After::Close)
}

#[tokio::test]
async fn p5_a_body_is_taken_up_to_its_limit_and_no_further() {
    let limits = FetchLimits::default();
    let nine = vec![b'x'; 9 * MIB];
    for answer in [plain, unsized_body] {
        check(limits, answer, &nine[..8 * MIB], Verdict::Taken(8 * MIB)).await;
        check(limits, answer, &nine[..8 * MIB + 1], Verdict::TooMuch).await;
        check(limits, answer, &nine, Verdict::TooMuch).await;
    }
    let endless = |_: &[u8]| {
        let chunk = [b"10000\r\n".as_slice(), &[b'x'; 0x10000], b"\r\n"].concat();
        let chunked = head(200, &[("transfer-encoding", "chunked")], &[]);
        Answer(chunked, After::Repeat(chunk))
    };
    check(limits, endless, b"", Verdict::TooMuch).await;
}

#[tokio::test]
async fn p5_a_bomb_is_defused_and_an_honest_archive_is_not() {
    let limits = FetchLimits::default();
    let zeros = vec![0; 64 * MIB];
    let small_zeros = &zeros[..MIB];
    let prose = prose(4 * MIB);
    let (size, small) = (prose.len(), small_zeros.len());
    check(limits, gzipped, &gzip(&prose).await, Verdict::Taken(size)).await;
    check(
        limits,
        brotlied,
        &brotli(&prose).await,
        Verdict::Taken(size),
    )
    .await;
    // So small a body is no danger, however well it packs.
    check(
        limits,
        gzipped,
        &gzip(small_zeros).await,
        Verdict::Taken(small),
    )
    .await;
    check(limits, gzipped, &gzip(&zeros).await, Verdict::TooMuch).await;
    check(limits, brotlied, &brotli(&zeros).await, Verdict::TooMuch).await;
    // Small enough to hold, but grown too much.
    let packed = gzip(&zeros[..8 * MIB]).await;
    check(limits, gzipped, &packed, Verdict::TooMuch).await;
    // The size limit holds by itself, and over all members of an archive together.
    let any_ratio = FetchLimits {
        ratio: u64::MAX,
        ..limits
    };
    let packed = gzip(&zeros).await;
    check(any_ratio, gzipped, &packed, Verdict::TooMuch).await;
    let half = gzip(&zeros[..20 * MIB]).await;
    check(any_ratio, gzipped, &half, Verdict::Taken(20 * MIB)).await;
    let members = [half.as_slice(), &half].concat();
    check(any_ratio, gzipped, &members, Verdict::TooMuch).await;
}

#[tokio::test]
async fn p5_stacked_unknown_and_broken_encodings_are_refused() {
    let limits = FetchLimits::default();
    let once = gzip(b"{}").await;
    let twice = gzip(&once).await;
    let stacked = |body: &[u8]| page(200, &[("content-encoding", "gzip, gzip")], body);
    let repeated = |body: &[u8]| {
        let layers = [("content-encoding", "gzip"), ("content-encoding", "gzip")];
        page(200, &layers, body)
    };
    let unknown = |body: &[u8]| page(200, &[("content-encoding", "zstd")], body);
    check(limits, gzipped, &once, Verdict::Taken(2)).await;
    check(limits, stacked, &twice, Verdict::Refused).await;
    check(limits, repeated, &twice, Verdict::Refused).await;
    check(limits, unknown, &once, Verdict::Refused).await;
    check(limits, gzipped, &once[..once.len() - 9], Verdict::Failed).await;
    check(limits, gzipped, b"{\"not\":\"gzip\"}", Verdict::Failed).await;
    check(limits, brotlied, b"{\"not\":\"brotli\"}", Verdict::Failed).await;
}

#[tokio::test]
async fn p5_a_head_has_a_limit_too() {
    let limits = FetchLimits::default();
    let with_headers = |count: usize, length: usize| {
        let mut text = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n".to_owned();
        for number in 1..count {
            text.push_str(&format!("x-{number}: {}\r\n", "y".repeat(length)));
        }
        text.push_str("\r\n{}");
        text.into_bytes()
    };
    let raw = |bytes: &[u8]| Answer(bytes.to_vec(), After::Next);
    check(limits, raw, &with_headers(100, 10), Verdict::Taken(2)).await;
    check(limits, raw, &with_headers(101, 10), Verdict::TooMuch).await;
    check(limits, raw, &with_headers(100_000, 10), Verdict::TooMuch).await;
    check(limits, raw, &with_headers(90, 600), Verdict::Taken(2)).await;
    check(limits, raw, &with_headers(90, 800), Verdict::TooMuch).await;
    check(limits, raw, &with_headers(2, 1_000_000), Verdict::TooMuch).await;
    let endless = |_: &[u8]| {
        let start = b"HTTP/1.1 200 OK\r\n".to_vec();
        Answer(start, After::Repeat(b"x-header: yyyyyyyyyyyy\r\n".to_vec()))
    };
    check(limits, endless, b"", Verdict::TooMuch).await;
}

#[tokio::test]
async fn p5_a_slow_server_is_left_waiting() {
    let silent = |_: &[u8]| Answer(Vec::new(), After::Hold);
    let slow_head = |_: &[u8]| {
        let drip = After::Drip(b"x-more: y\r\n".to_vec(), Duration::from_millis(50));
        Answer(b"HTTP/1.1 200 OK\r\n".to_vec(), drip)
    };
    let stuck_body = |_: &[u8]| {
        let length = [("content-length", "100")];
        Answer(head(200, &length, &[]), After::Hold)
    };
    let slow_body = |_: &[u8]| {
        let length = [("content-length", "1000000")];
        let drip = After::Drip(b"x".to_vec(), Duration::from_millis(20));
        Answer(head(200, &length, &[]), drip)
    };
    let limits = FetchLimits {
        connect: Duration::from_millis(700),
        ..hasty()
    };
    check(limits, silent, b"", Verdict::TooMuch).await;
    check(limits, slow_head, b"", Verdict::TooMuch).await;
    check(limits, stuck_body, b"", Verdict::TooMuch).await;
    check(limits, slow_body, b"", Verdict::TooMuch).await;
    // A limit on the whole stops what is never idle and fast enough.
    let patient = FetchLimits {
        whole: Duration::from_secs(1),
        bytes_per_second: 1,
        ..hasty()
    };
    check(patient, slow_body, b"", Verdict::TooMuch).await;
    check(hasty(), plain, b"{}", Verdict::Taken(2)).await;
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_a_failure() {
    let limits = FetchLimits::default();
    let cut = |_: &[u8]| {
        let mut bytes = head(200, &[("content-length", "100")], &[]);
        bytes.extend_from_slice(b"{\"half\":");
        Answer(bytes, After::Close)
    };
    let nothing = |_: &[u8]| Answer(Vec::new(), After::Close);
    let garbage = |_: &[u8]| Answer(b"SSH-2.0-OpenSSH_9\r\n\r\n".to_vec(), After::Close);
    check(limits, cut, b"", Verdict::Failed).await;
    check(limits, nothing, b"", Verdict::Failed).await;
    check(limits, garbage, b"", Verdict::Failed).await;
}
