//! Texts that would be something else where they end up: a header, a command to
//! a terminal, a line read backwards.

use agent_core::ids::SourceId;
use agent_core::job;
use agent_portal::host::Page;

use crate::attack::{Attack, Group};
use crate::ends::Ends;

pub(super) fn attacks() -> Vec<Attack> {
    let key = |name, key: &str, ends| Attack::key(Group::Injection, name, key, ends);
    let said = |name, text: &str| key(name, &format!("say:{text}"), Ends::Harmless(is_plain));
    vec![
        key(
            "a header in an address",
            "get:https://jobs.example.com/\r\nX-Evil: 1",
            Ends::NotFetched,
        ),
        key(
            "a header in a field of a form",
            "form:a\r\nX-Evil: 1\r\n\r\nGET /evil HTTP/1.1\r\n\r\n",
            Ends::Harmless(|_, asked| {
                let body = String::from_utf8_lossy(&asked[0].body);
                !asked[0].head.contains("\nx-evil") && body.starts_with("a%0D%0AX-Evil")
            }),
        )
        .asking(1),
        // Its body is the plugin's to choose, its end is not.
        key(
            "a request in a body",
            "json:0\r\n\r\nGET /evil HTTP/1.1\r\nHost: evil.example.net\r\n\r\n",
            Ends::Harmless(|_, asked| asked[0].body.ends_with(b"net\r\n\r\n")),
        )
        .asking(1),
        said(
            "a command that clears the screen",
            "\u{1b}[2J\u{1b}[1;1HOpening",
        ),
        said(
            "a command that fills the clipboard",
            "\u{1b}]52;c;ZWNobw==\u{7}Opening",
        ),
        said(
            "a link to elsewhere",
            "\u{1b}]8;;https://evil.example\u{1b}\\Opening\u{1b}]8;;\u{1b}\\",
        ),
        said(
            "a command in one character",
            "\u{9b}31mOpening\u{9d}0;title\u{9c}",
        ),
        said("a line read backwards", "Opening \u{202e}drawkcab\u{2066}"),
        said("NUL", "Open\u{0}ing"),
        said(
            "letters that are not seen",
            "Ope\u{200b}ni\u{2060}ng\u{feff}",
        ),
        said("a line of its own", "Opening\r\nERROR forged\n"),
        key(
            "a command in an error",
            "error",
            Ends::Portal(|text| text.contains("board") && text.chars().all(is_seen)),
        ),
        key(
            "postings that make no sense",
            "invalid",
            Ends::Harmless(|page, asked| is_plain(page, asked) && page.postings.len() == 4),
        ),
    ]
}

/// Whether nothing a person or the store gets to see holds a character that is
/// not to be seen: what was dropped and logged as it is, postings as they are
/// taken in.
fn is_plain(page: &Page, _: &[crate::site::Asked]) -> bool {
    let source = SourceId::of("hostile", "board");
    let mut titles = Vec::new();
    for posting in &page.postings {
        let job = job::read(source, "Hostile", posting).unwrap();
        titles.push(job.title);
    }
    let logged = page.log.iter().map(|line| &line.message);
    let mut shown = titles.iter().chain(&page.dropped).chain(logged);
    !titles.is_empty() && shown.all(|text| text.chars().all(is_seen))
}

fn is_seen(c: char) -> bool {
    let format = matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2028}' | '\u{2029}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    !c.is_control() && !format
}
