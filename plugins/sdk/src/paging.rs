//! Portals that answer with the whole list at once, handed on in pages.

use serde_json::value::RawValue;

use crate::{Page, PortalError, Posting, cursor_number};

/// The most postings in one page; the host refuses more.
pub const PAGE: usize = 2000;

/// The page of `all` that starts at `cursor`, an offset written as digits; the
/// first without one. A posting `read` refuses is left out with its reason.
///
/// The list is fetched anew for each page: a plugin keeps nothing between calls.
pub fn page(
    all: &[&RawValue],
    total: Option<u32>,
    cursor: Option<&str>,
    read: impl Fn(&str) -> Result<Posting, String>,
) -> Result<Page, PortalError> {
    let start: usize = cursor_number(cursor, 0)?;
    let mut page = Page {
        postings: Vec::new(),
        next: (start.saturating_add(PAGE) < all.len()).then(|| (start + PAGE).to_string()),
        total: total.or_else(|| u32::try_from(all.len()).ok()),
        dropped: Vec::new(),
    };
    for (index, raw) in all.iter().enumerate().skip(start).take(PAGE) {
        match read(raw.get()) {
            Ok(posting) => page.postings.push(posting),
            Err(why) => page.dropped.push(format!("posting {}: {why}", index + 1)),
        }
    }
    Ok(page)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(count: usize, cursor: Option<&str>, expected: (usize, usize, Option<&str>)) {
        let json = format!("[{}]", vec!["1"; count].join(","));
        let all: Vec<&RawValue> = serde_json::from_str(&json).unwrap();
        let read = |raw: &str| Ok(crate::posting(raw.into(), String::new(), String::new()));
        let found = page(&all, None, cursor, read).unwrap();
        assert_eq!(found.total, Some(u32::try_from(count).unwrap()));
        assert_eq!(
            (
                found.postings.len(),
                found.dropped.len(),
                found.next.as_deref()
            ),
            expected
        );
    }

    #[test]
    fn a_long_list_is_handed_on_in_pages() {
        check(0, None, (0, 0, None));
        check(3, None, (3, 0, None));
        check(2000, None, (2000, 0, None));
        check(2001, None, (2000, 0, Some("2000")));
        check(2001, Some("2000"), (1, 0, None));
        check(2001, Some("99999999999"), (0, 0, None));
    }

    #[test]
    fn a_wrong_cursor_is_invalid() {
        let error = page(&[], None, Some("-1"), |_| Err(String::new())).unwrap_err();
        assert!(matches!(error, PortalError::Invalid(_)), "{error:?}");
    }

    #[test]
    fn a_posting_that_cannot_be_read_is_left_out_with_its_reason() {
        let all: Vec<&RawValue> = serde_json::from_str("[1,2]").unwrap();
        let read = |raw: &str| match raw {
            "1" => Err("has no title".to_owned()),
            _ => Ok(crate::posting(raw.into(), String::new(), String::new())),
        };
        let page = page(&all, Some(7), None, read).unwrap();
        assert_eq!(page.dropped, ["posting 1: has no title"]);
        assert_eq!(page.postings.len(), 1);
        assert_eq!(page.total, Some(7));
    }
}
