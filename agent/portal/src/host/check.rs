//! What comes out of a worker, checked before anything else sees it. The worker
//! ran foreign code, so nothing it says is believed.
#![deny(clippy::indexing_slicing)]

mod posting;
mod recipe;

pub(super) use posting::posting;
pub(super) use recipe::recipe;

use std::collections::HashMap;

use agent_core::job::Posting;
use agent_core::text;
use url::Url;

use super::{Board, Capability, LogLine, Manifest, Page};
use crate::error::{PluginError, PortalError};
use crate::frame::{StatedManifest, StatedPage};
use crate::grant::HostPattern;
use crate::limits::Limits;

/// Longest key, cursor or id, in bytes.
const NAME: usize = 1024;
/// Longest sentence of a plugin shown to the person, in characters.
const SENTENCE: usize = 500;
/// Most hosts a plugin may ask for.
const HOSTS: usize = 100;
/// How the reason of a posting ends whose id its page has already.
pub(crate) const TWICE: &str = "is in the page twice";

/// Refuses by its first bytes what is no component.
pub(super) fn first_bytes(bytes: &[u8]) -> Result<(), PluginError> {
    let found = match bytes {
        [0, b'a', b's', b'm', 0x0d, 0, 1, 0, ..] => return Ok(()),
        [0, b'a', b's', b'm', 1, 0, 0, 0, ..] => {
            "a core module; make it a component with wit-component"
        }
        [0, b'a', b's', b'm', ..] => "WebAssembly of another version",
        [0x7f, b'E', b'L', b'F', ..] => "compiled code; only components are taken",
        [] => "an empty file",
        _ => "another kind of file",
    };
    Err(PluginError::NotAComponent {
        found: found.to_owned(),
    })
}

pub(super) fn manifest(stated: StatedManifest) -> Result<Manifest, PluginError> {
    let bad = |why: String| PluginError::BadManifest { why };
    let plain = |text: &str, more: &str| {
        (1..=40).contains(&text.len())
            && text
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || more.contains(c))
    };
    if !plain(&stated.id, "-") {
        return Err(bad(format!(
            "its id {:?} is not made of 1 to 40 lower-case letters, digits and dashes",
            sentence(&stated.id)
        )));
    }
    if !plain(&stated.version, "-.+") {
        return Err(bad(format!(
            "{:?} is not a version",
            sentence(&stated.version)
        )));
    }
    let patterns = |stated: &[String]| {
        if stated.len() > HOSTS {
            return Err(bad(format!("it asks for more than {HOSTS} hosts")));
        }
        let parsed: Result<Vec<HostPattern>, _> = stated.iter().map(|host| host.parse()).collect();
        parsed.map_err(|error| bad(error.to_string()))
    };
    let hosts = patterns(&stated.hosts)?;
    let form_hosts = patterns(&stated.form_hosts)?;
    let mut supports = Vec::new();
    if stated.discover {
        supports.push(Capability::Discover);
    }
    if stated.detail {
        supports.push(Capability::Detail);
    }
    if stated.form {
        supports.push(Capability::Form);
    }
    Ok(Manifest {
        id: stated.id,
        version: stated.version,
        description: sentence(&stated.description),
        hosts,
        form_hosts,
        supports,
        reach: stated.reach,
        terms: stated
            .terms
            .map(|terms| sentence(&terms))
            .filter(|terms| !terms.is_empty()),
    })
}

pub(super) fn board(board: Board) -> Result<Board, PluginError> {
    let bad = |why: &str| PluginError::BadResult {
        why: why.to_owned(),
    };
    if !is_name(&board.key) {
        return Err(bad("the board's key is empty, too long, or not plain text"));
    }
    let url = web_address(&board.url).ok_or_else(|| bad("the board has no web address"))?;
    Ok(Board {
        key: board.key,
        url,
        company: board
            .company
            .map(|company| sentence(&company))
            .filter(|company| !company.is_empty()),
    })
}

/// Checks a page; a posting that cannot be used is dropped with its reason.
pub(super) fn page(
    stated: StatedPage,
    log: Vec<LogLine>,
    limits: &Limits,
) -> Result<Page, PluginError> {
    if stated.postings.len() > limits.postings {
        return Err(PluginError::TooLarge {
            what: format!("a page of {} postings", stated.postings.len()),
            limit: limits.postings,
        });
    }
    if stated.next.as_deref().is_some_and(|next| !is_name(next)) {
        return Err(PluginError::BadResult {
            why: "the next cursor is empty, too long, or not plain text".to_owned(),
        });
    }
    let mut dropped: Vec<String> = stated
        .dropped
        .iter()
        .take(limits.postings)
        .map(|why| sentence(why))
        .collect();
    let mut seen = HashMap::new();
    let mut postings: Vec<Posting> = Vec::with_capacity(stated.postings.len());
    let mut repeated = 0;
    for (index, candidate) in stated.postings.into_iter().enumerate() {
        let checked = posting(candidate, limits).and_then(|posting| {
            let id = &posting.external_id;
            match seen.get(id).and_then(|at| postings.get(*at)) {
                None => {
                    seen.insert(id.clone(), postings.len());
                    Ok(Some(posting))
                }
                // Portals list an opening again, for a second place or by mistake.
                Some(first) if *first == posting => Ok(None),
                Some(_) => Err(format!("the id {id} {TWICE}")),
            }
        });
        match checked {
            Ok(Some(posting)) => postings.push(posting),
            Ok(None) => repeated += 1,
            Err(why) => dropped.push(sentence(&format!("posting {}: {why}", index + 1))),
        }
    }
    Ok(Page {
        postings,
        next: stated.next,
        total: stated.total,
        dropped,
        repeated,
        log,
    })
}

/// The same error with what the plugin wrote fit to be shown.
pub(super) fn portal_error(error: PortalError) -> PortalError {
    match error {
        PortalError::Gone(why) => PortalError::Gone(sentence(&why)),
        PortalError::Blocked(why) => PortalError::Blocked(sentence(&why)),
        PortalError::Changed(what) => PortalError::Changed(sentence(&what)),
        PortalError::Invalid(why) => PortalError::Invalid(sentence(&why)),
        PortalError::Fetch(why) => PortalError::Fetch(sentence(&why)),
        PortalError::RateLimited(_) | PortalError::NeedsLogin | PortalError::Unsupported => error,
    }
}

/// The same lines, fit to be shown.
pub(super) fn log(lines: Vec<LogLine>) -> Vec<LogLine> {
    lines
        .into_iter()
        .map(|line| LogLine {
            level: line.level,
            message: sentence(&line.message),
        })
        .collect()
}

fn sentence(text: &str) -> String {
    text::quote(&text::line(text), SENTENCE)
}

/// Whether `text` can name something: not blank, not long, no control characters.
fn is_name(text: &str) -> bool {
    !text.trim().is_empty() && text.len() <= NAME && !text.chars().any(char::is_control)
}

/// The address in its normal form, if a browser would open it as a page.
fn web_address(text: &str) -> Option<String> {
    let url = Url::parse(text.trim()).ok()?;
    (matches!(url.scheme(), "https" | "http") && url.has_host()).then(|| url.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::Reach;

    #[test]
    fn a_posting_listed_again_word_for_word_is_counted_and_one_of_other_words_refused() {
        let titled = |title: &str| Posting {
            external_id: "1".into(),
            url: "https://jobs.example/1".into(),
            title: title.to_owned(),
            ..Posting::default()
        };
        let stated = StatedPage {
            postings: ["Nurse", "Nurse", "Baker"].map(titled).to_vec(),
            next: None,
            total: Some(3),
            dropped: Vec::new(),
        };
        let found = page(stated, Vec::new(), &Limits::default()).unwrap();
        assert_eq!((found.postings.len(), found.repeated), (1, 1));
        assert_eq!(found.dropped, [format!("posting 3: the id 1 {TWICE}")]);
    }

    fn check_manifest(change: impl FnOnce(&mut StatedManifest), fine: bool) {
        let mut stated = StatedManifest {
            id: "green-house2".into(),
            version: "0.1.0".into(),
            description: "Reads boards.".into(),
            hosts: vec!["api.example.com".into(), "*.example.org".into()],
            form_hosts: vec!["jobs.example.com".into()],
            discover: true,
            detail: false,
            form: true,
            reach: Reach::Portal,
            terms: None,
        };
        change(&mut stated);
        let found = manifest(stated);
        assert_eq!(found.is_ok(), fine, "{found:?}");
    }

    #[test]
    fn p5_a_manifest_that_cannot_be_used_is_refused() {
        check_manifest(|_| {}, true);
        check_manifest(|m| m.id = "../etc".into(), false);
        check_manifest(|m| m.id = "Green".into(), false);
        check_manifest(|m| m.id.clear(), false);
        check_manifest(|m| m.version = "\u{1b}[2J".into(), false);
        check_manifest(|m| m.hosts.push("*".into()), false);
        check_manifest(|m| m.hosts.push("127.0.0.1".into()), false);
        check_manifest(|m| m.hosts = vec!["a.example".into(); 101], false);
        check_manifest(|m| m.form_hosts.push("*.com".into()), false);
        check_manifest(|m| m.form_hosts = vec!["a.example".into(); 101], false);
    }

    #[test]
    fn p5_a_file_is_told_by_its_first_bytes() {
        for (bytes, expected) in [
            (&b"\0asm\x0d\0\x01\0"[..], None),
            (b"\0asm\x01\0\0\0", Some("core module")),
            (b"\0asm\x02\0\0\0", Some("another version")),
            (b"\x7fELF\x02", Some("compiled code")),
            (b"", Some("empty")),
            (b"(component)", Some("another kind")),
            (b"\0as", Some("another kind")),
        ] {
            let found = first_bytes(bytes).err().map(|error| error.to_string());
            match (found, expected) {
                (None, None) => {}
                (Some(found), Some(part)) => assert!(found.contains(part), "{found}"),
                (found, _) => panic!("{bytes:?}: {found:?}"),
            }
        }
    }
}
