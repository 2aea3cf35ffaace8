//! Postings of a feed in XML, handed on in pages.

use super::{Element, decode, elements, root};
use crate::{PAGE, Page, PortalError, Posting, cursor_number};

/// How a feed is laid out.
#[derive(Debug, Clone, Copy)]
pub struct Feed<'a> {
    /// Names its outermost element may have.
    pub roots: &'a [&'a str],
    /// Name of the element that is a posting; those inside another are its content.
    pub item: &'a str,
}

/// The page of a feed's postings that starts at `cursor`, as [`crate::page`] has
/// it for JSON. `what` names the feed. A posting `read` refuses is left out with
/// its reason; a feed that ends in the middle keeps those before, with a reason
/// in `dropped`, unless there are none.
pub fn page(
    body: &[u8],
    feed: Feed<'_>,
    what: &str,
    cursor: Option<&str>,
    read: impl Fn(&Element) -> Result<Posting, String>,
) -> Result<Page, PortalError> {
    let start: usize = cursor_number(cursor, 0)?;
    let body = decode(body);
    let found = root(&body);
    let known = |name: &&str| {
        found
            .as_deref()
            .is_some_and(|f| name.eq_ignore_ascii_case(f))
    };
    if !feed.roots.iter().any(known) {
        return Err(PortalError::Changed(match found {
            Some(name) => format!(
                "<{name}> where {} was due for {what}",
                feed.roots.join(" or ")
            ),
            None => format!("no XML for {what}"),
        }));
    }
    let mut page = Page {
        postings: Vec::new(),
        next: None,
        total: None,
        dropped: Vec::new(),
    };
    let mut count = 0_usize;
    for item in elements(&body, feed.item) {
        let number = count + 1;
        match item {
            Ok(item) if (start..start.saturating_add(PAGE)).contains(&count) => match read(&item) {
                Ok(posting) => page.postings.push(posting),
                Err(why) => page.dropped.push(format!("posting {number}: {why}")),
            },
            Ok(_) => {}
            Err(why) if count == 0 => {
                return Err(PortalError::Changed(format!("the XML for {what} {why}")));
            }
            Err(why) => {
                page.dropped
                    .push(format!("after posting {count}: the XML {why}"));
                break;
            }
        }
        count = number;
    }
    page.next = (start.saturating_add(PAGE) < count).then(|| (start + PAGE).to_string());
    page.total = u32::try_from(count).ok();
    Ok(page)
}
