//! A comment as a posting.

use portal_sdk::{PortalError, Posting, html, json, markup, text};
use serde::Deserialize;

use crate::head;

#[derive(Deserialize)]
struct Comment {
    #[serde(default, deserialize_with = "json::text")]
    id: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    text: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    created_at: Option<String>,
    #[serde(default, deserialize_with = "json::number")]
    created_at_i: Option<f64>,
}

/// Whether nothing is left of a comment but its place in the thread.
pub(crate) fn is_deleted(raw: &str) -> bool {
    #[derive(Deserialize)]
    struct Text {
        #[serde(deserialize_with = "json::text")]
        text: Option<String>,
    }
    serde_json::from_str(raw).is_ok_and(|comment: Text| {
        comment
            .text
            .is_none_or(|text| ["[deleted]", "[flagged]", "[dead]"].contains(&text.trim()))
    })
}

/// The comment that is a whole answer; a deleted one is gone.
pub(crate) fn single(body: &[u8], what: &str) -> Result<Posting, PortalError> {
    let json = std::str::from_utf8(body)
        .map_err(|_| PortalError::Changed(format!("the answer for {what} is not text")))?;
    if is_deleted(json) {
        return Err(PortalError::Gone(format!("{what} was deleted")));
    }
    posting(json).map_err(|why| PortalError::Changed(format!("{what} cannot be read: {why}")))
}

pub(crate) fn posting(raw: &str) -> Result<Posting, String> {
    let comment: Comment = serde_json::from_str(raw).map_err(|error| error.to_string())?;
    let id = comment.id.ok_or("has no id")?;
    let text = comment.text.ok_or_else(|| format!("{id} has no text"))?;
    let head = head::of(&first_line(&text)).ok_or_else(|| format!("{id} has no first line"))?;

    let url = format!("https://news.ycombinator.com/item?id={id}");
    let mut posting = portal_sdk::posting(id, url, head.title);
    posting.company = head.company;
    posting.locations = head.places;
    posting.workplace = head.workplace;
    posting.employment = head.employment;
    posting.pay = head.pay;
    posting.apply_url = apply(&text);
    posting.posted_at = comment
        .created_at
        .or_else(|| comment.created_at_i.and_then(portal_sdk::milliseconds));
    // Without a tag it would be taken for plain text, though it is escaped.
    posting.description_html = Some(match markup::has_tag(&text) {
        true => text,
        false => format!("<p>{text}</p>"),
    });
    Ok(posting)
}

/// The words before the first paragraph's end that are not blank.
fn first_line(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let mut start = 0;
    while let Some(rest) = lower.get(start..) {
        let end = rest.find("<p>").map_or(lower.len(), |at| start + at);
        let part = text.get(start..end).unwrap_or_default();
        let plain = html::plain(part);
        if let Some(line) = plain.lines().next() {
            return line.to_owned();
        }
        if end >= lower.len() {
            break;
        }
        start = end + "<p>".len();
    }
    String::new()
}

/// The first link that leads to a list of openings or a form.
fn apply(text: &str) -> Option<String> {
    const MARKS: [&str; 12] = [
        "job",
        "career",
        "greenhouse",
        "lever.co",
        "ashby",
        "workable",
        "apply",
        "hiring",
        "position",
        "recruit",
        "join",
        "smartrecruiters",
    ];
    html::pieces(text).find_map(|piece| match piece {
        html::Piece::Open(tag) if tag.name == "a" => {
            let href = text::unescape(tag.value("href")?);
            let lower = href.to_ascii_lowercase();
            (lower.starts_with("http") && MARKS.iter().any(|mark| lower.contains(mark)))
                .then_some(href)
        }
        html::Piece::Open(_) | html::Piece::Close(_) | html::Piece::Words(_) => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_is_read_with_what_it_states() {
        let found = posting(
            r#"{"id":71,"created_at":"2031-05-01T15:02:00.000Z","author":"a","text":"Ebbe &amp; Flut | Tide Engineer | Husum&#x2F;Ribe | REMOTE (EU) | Full-time | &#x20AC;60k-72k | <a href=\"https:&#x2F;&#x2F;ebbe.example&#x2F;jobs\" rel=\"nofollow\">https:&#x2F;&#x2F;ebbe.example&#x2F;jobs</a><p>We&#x27;re few.<p>Write us."}"#,
        )
        .unwrap();
        assert_eq!(found.url, "https://news.ycombinator.com/item?id=71");
        assert_eq!(found.title, "Tide Engineer");
        assert_eq!(found.company.as_deref(), Some("Ebbe & Flut"));
        assert_eq!(found.locations, ["Husum/Ribe", "Remote (EU)"]);
        assert_eq!(found.workplace.as_deref(), Some("REMOTE (EU)"));
        assert_eq!(found.employment.as_deref(), Some("Full-time"));
        assert_eq!(found.pay.unwrap().text.as_deref(), Some("€60k-72k"));
        assert_eq!(
            found.apply_url.as_deref(),
            Some("https://ebbe.example/jobs")
        );
        assert_eq!(found.posted_at.as_deref(), Some("2031-05-01T15:02:00.000Z"));
        assert!(
            found
                .description_html
                .unwrap()
                .contains("<p>We&#x27;re few.")
        );
    }

    #[test]
    fn the_first_line_is_found() {
        for (text, expected) in [
            ("a | b<p>c", "a | b"),
            ("<p>a<p>c", "a"),
            ("<p><p> <P><i>a</i> b<p>c", "a b"),
            ("a<br>b", "a"),
            ("a", "a"),
            ("<p>", ""),
            ("", ""),
        ] {
            assert_eq!(first_line(text), expected, "{text}");
        }
    }

    #[test]
    fn a_deleted_comment_is_gone() {
        for (body, gone) in [
            (r#"{"id":1,"text":null}"#, true),
            (r#"{"id":1,"text":" [deleted] "}"#, true),
            (r#"{"id":1,"text":"Ebbe | Cook"}"#, false),
        ] {
            let found = single(body.as_bytes(), "comment 1");
            assert_eq!(matches!(found, Err(PortalError::Gone(_))), gone, "{body}");
        }
        let found = single(br#"{"id":1}"#, "comment 1");
        assert!(matches!(found, Err(PortalError::Changed(_))), "{found:?}");
    }
}
