//! Servers that send too much, too slowly, or what they should not. `zstd` is
//! not asked for and not taken, so a bomb of it is refused unread.

use std::io::Cursor;
use std::time::Duration;

use agent_portal::broker::FetchLimits;
use async_compression::Level;
use async_compression::tokio::bufread::{BrotliEncoder, GzipEncoder};
use futures::FutureExt;
use tokio::io::{AsyncRead, AsyncReadExt};

use crate::attack::{Attack, Group};
use crate::ends::Ends;
use crate::site::{After, Answer, head, page};

const MIB: usize = 1024 * 1024;
const SECOND: Duration = Duration::from_secs(1);

pub(super) fn attacks() -> Vec<Attack> {
    let mut attacks = bombs();
    attacks.extend(slow());
    attacks.extend(large());
    attacks
}

fn answering(
    name: &'static str,
    ends: Ends,
    answer: impl Fn() -> Answer + Send + Sync + 'static,
) -> Attack {
    Attack::page(Group::Responses, name, move |_| answer(), ends)
}

fn bombs() -> Vec<Attack> {
    let zeros = vec![0; 10 * MIB];
    let gzip = packed(GzipEncoder::new(Cursor::new(&zeros)));
    let brotli = packed(BrotliEncoder::with_quality(
        Cursor::new(&zeros),
        Level::Fastest,
    ));
    let twice = packed(GzipEncoder::new(Cursor::new(&gzip)));
    let members = packed(GzipEncoder::new(Cursor::new(&zeros[..MIB]))).repeat(64);
    let encoded = |name, encoding: &'static str, body: Vec<u8>, ends| {
        answering(name, ends, move || {
            page(200, &[("content-encoding", encoding)], &body)
        })
    };
    let grown = || Ends::TooMuch("when decompressed");
    let bomb_below = gzip.clone();
    vec![
        encoded("a bomb of gzip", "gzip", gzip.clone(), grown()),
        encoded("a bomb of brotli", "br", brotli, grown()),
        encoded("a bomb in many parts", "gzip", members, grown()),
        encoded(
            "a bomb of zstd",
            "zstd",
            vec![0; 100],
            Ends::Refused("not asked for"),
        ),
        encoded(
            "a bomb in a bomb",
            "gzip, gzip",
            twice,
            Ends::Refused("more than once"),
        ),
        encoded(
            "a bomb that is none",
            "gzip",
            b"{\"a\":1}".to_vec(),
            Ends::Failed,
        ),
        // The body of a redirect is never read.
        Attack::page(
            Group::Responses,
            "a bomb below a redirect",
            move |asked| match asked.line.as_str() {
                "GET /start" => {
                    let headers = [("location", "/end"), ("content-encoding", "gzip")];
                    let mut bytes = head(302, &headers, &[]);
                    bytes.extend_from_slice(&bomb_below);
                    Answer(bytes, After::Repeat(vec![0; 16 * 1024]))
                }
                _ => page(200, &[], "reached"),
            },
            Ends::Harmless(|page, _| page.postings[0].title == "reached"),
        )
        .asking(2),
    ]
}

fn slow() -> Vec<Attack> {
    let patient = FetchLimits {
        connect: SECOND / 2,
        headers: SECOND / 2,
        idle: SECOND,
        rate_grace: SECOND / 2,
        ..FetchLimits::default()
    };
    let whole = FetchLimits {
        whole: SECOND,
        bytes_per_second: 1,
        ..FetchLimits::default()
    };
    let drip = |piece: &'static [u8]| After::Drip(piece.to_vec(), SECOND / 50);
    let body = || head(200, &[("content-length", "1000000")], &[]);
    vec![
        answering("nothing at all", Ends::TooMuch("too slowly"), || {
            Answer(Vec::new(), After::Hold)
        })
        .fetching(SECOND, patient),
        answering(
            "a head that trickles",
            Ends::TooMuch("too slowly"),
            move || Answer(b"HTTP/1.1 200 OK\r\n".to_vec(), drip(b"x-more: y\r\n")),
        )
        .fetching(SECOND, patient),
        answering(
            "a body that stops",
            Ends::TooMuch("too slowly"),
            move || Answer(body(), After::Hold),
        )
        .fetching(SECOND, patient),
        answering(
            "a body that trickles",
            Ends::TooMuch("too slowly"),
            move || Answer(body(), drip(b"x")),
        )
        .fetching(SECOND, patient),
        answering(
            "a body just fast enough",
            Ends::TooMuch("whole fetch"),
            move || Answer(body(), drip(b"x")),
        )
        .fetching(SECOND, whole),
    ]
}

fn large() -> Vec<Attack> {
    let chunk = [b"10000\r\n".as_slice(), &[b'x'; 0x10000], b"\r\n"].concat();
    let headers: String = (0..100_000)
        .map(|number| format!("x-{number}: yyyyyyyyyy\r\n"))
        .collect();
    let headers = format!("HTTP/1.1 200 OK\r\n{headers}content-length: 2\r\n\r\n{{}}");
    vec![
        answering(
            "chunks without end",
            Ends::TooMuch("8388608 bytes"),
            move || {
                let chunked = head(200, &[("transfer-encoding", "chunked")], &[]);
                Answer(chunked, After::Repeat(chunk.clone()))
            },
        ),
        answering("a body without end", Ends::TooMuch("8388608 bytes"), || {
            let open = head(200, &[("connection", "close")], &[]);
            Answer(open, After::Repeat(vec![b'x'; 0x10000]))
        }),
        answering(
            "a length of eight exbibytes",
            Ends::TooMuch("8388608 bytes"),
            || {
                let length = [("content-length", "9223372036854775807")];
                Answer(head(200, &length, &[]), After::Hold)
            },
        ),
        answering(
            "a hundred thousand headers",
            Ends::TooMuch("headers"),
            move || Answer(headers.clone().into_bytes(), After::Next),
        ),
        answering("headers without end", Ends::TooMuch("headers"), || {
            let start = b"HTTP/1.1 200 OK\r\n".to_vec();
            Answer(start, After::Repeat(b"x-header: yyyyyyyyyyyy\r\n".to_vec()))
        }),
        answering("something else than HTTP", Ends::Failed, || {
            Answer(b"SSH-2.0-OpenSSH_9\r\n\r\n".to_vec(), After::Close)
        }),
        answering("a body that breaks off", Ends::Failed, || {
            let mut bytes = head(200, &[("content-length", "100")], &[]);
            bytes.extend_from_slice(b"{\"half\":");
            Answer(bytes, After::Close)
        }),
    ]
}

/// What an encoder makes of what lies in memory: it never waits.
fn packed(mut encoder: impl AsyncRead + Unpin) -> Vec<u8> {
    let mut packed = Vec::new();
    let done = encoder.read_to_end(&mut packed).now_or_never();
    done.unwrap().unwrap();
    packed
}
