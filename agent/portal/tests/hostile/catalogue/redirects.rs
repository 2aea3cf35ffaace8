//! Pages of a granted host that lead elsewhere.

use crate::attack::{Attack, Group};
use crate::ends::Ends;
use crate::site::{After, Answer, page};

pub(super) fn attacks() -> Vec<Attack> {
    vec![
        // The twin: within what is granted a redirect is followed.
        leading("to a page that is granted", b"/end", reached()).asking(2),
        leading("to this machine", b"https://127.0.0.1/", Ends::NotFetched),
        leading(
            "to this machine, in IPv6",
            b"https://[::1]/",
            Ends::NotFetched,
        ),
        leading(
            "to a decimal number",
            b"https://2130706433/",
            Ends::NotFetched,
        ),
        leading(
            "to another host",
            b"https://evil.example.net/",
            Ends::NotFetched,
        ),
        leading(
            "to another host, in short",
            b"//evil.example.net/",
            Ends::NotFetched,
        ),
        leading(
            "to another port",
            b"https://jobs.example.com:8443/",
            Ends::NotFetched,
        ),
        leading(
            "to no encryption",
            b"http://jobs.example.com/",
            Ends::NotFetched,
        ),
        leading("to a file", b"file:///etc/passwd", Ends::NotFetched),
        leading(
            "with a user",
            b"https://user@jobs.example.com/",
            Ends::NotFetched,
        ),
        leading("in a circle", b"/start", Ends::TooMuch("5 redirects")).asking(6),
        leading("with a second header", b"/end\r\nx-evil: 1", reached()).asking(2),
        leading(
            "with an escaped line break",
            b"/end%0d%0ax-evil:1",
            reached(),
        )
        .asking(2),
        leading("with half a line break", b"/end\rx-evil: 1", Ends::Failed),
        leading("that is no text", b"/\xff", Ends::Refused("not text")),
    ]
}

/// The last page arrived, and no request had a header that is not ours.
fn reached() -> Ends {
    Ends::Harmless(|page, asked| {
        let ours = asked.iter().all(|asked| !asked.head.contains("\nx-evil"));
        ours && page.postings[0].title == "reached"
    })
}

fn leading(name: &'static str, location: &'static [u8], ends: Ends) -> Attack {
    let script = move |asked: &crate::site::Asked| {
        if asked.line != "GET /start" {
            return page(200, &[], "reached");
        }
        let mut bytes = b"HTTP/1.1 302 Found\r\ncontent-length: 0\r\nlocation: ".to_vec();
        bytes.extend_from_slice(location);
        bytes.extend_from_slice(b"\r\n\r\n");
        Answer(bytes, After::Next)
    };
    Attack::page(Group::Redirects, name, script, ends)
}
