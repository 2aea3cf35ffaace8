//! From the site's result pages to postings. A page has its data in a script, as
//! rows without names: `AF_initDataCallback({key: 'ds:1', …, data:[…]})`.

use portal_sdk::{Page, PortalError, Posting, is_name, markup, milliseconds, scripts, text};
use serde_json::{Deserializer, Value};

use crate::{claim, pay};

/// Postings of a full page.
const FULL: usize = 20;

/// The postings of page `number`, counted from 1. The cursor is the caller's.
pub(crate) fn page(html: &str, number: u32) -> Result<Page, PortalError> {
    // The key of the list moves when the page gets other data before it.
    let data = blocks(html);
    let rows = |block: &Value| block.get(0).and_then(Value::as_array).cloned();
    let is_list = |block: &&Value| rows(block).is_some_and(|rows| rows.iter().any(is_row));
    let is_empty = |block: &&Value| {
        let has_total = block.get(2).is_some_and(Value::is_u64);
        has_total && block.get(3).is_some_and(Value::is_u64)
    };
    let list = data
        .iter()
        .find(is_list)
        .or_else(|| data.iter().find(is_empty))
        .ok_or_else(|| PortalError::Changed(format!("no list in result page {number}")))?;
    let rows = rows(list).unwrap_or_default();
    let total = list.get(2).and_then(Value::as_u64);
    let full = list.get(3).and_then(Value::as_u64).filter(|full| *full > 0);
    let seen = u64::from(number) * full.unwrap_or(FULL as u64);
    if rows.is_empty() && number > 1 && total.is_some_and(|total| seen < total) {
        let why = format!("the list ends before result page {number}");
        return Err(PortalError::Fetch(why));
    }
    let more = match total {
        Some(total) => seen < total,
        None => rows.len() >= FULL,
    };
    let mut page = Page {
        postings: Vec::new(),
        next: (more && !rows.is_empty()).then(|| number.saturating_add(1).to_string()),
        total: total.and_then(|total| u32::try_from(total).ok()),
        dropped: Vec::new(),
    };
    for (index, row) in rows.iter().enumerate() {
        match posting(row) {
            Ok(posting) => page.postings.push(posting),
            Err(why) => page.dropped.push(format!("posting {}: {why}", index + 1)),
        }
    }
    Ok(page)
}

/// The posting `id` of its own page.
pub(crate) fn detail(html: &str, id: &str) -> Result<Posting, PortalError> {
    let data = blocks(html);
    if data.is_empty() {
        return Err(PortalError::Changed(format!("no data in the page of {id}")));
    }
    let row = data
        .iter()
        .find_map(|block| find(block, id, 6))
        .ok_or_else(|| PortalError::Gone(format!("the site no longer shows {id}")))?;
    posting(row).map_err(|why| PortalError::Changed(format!("{id} cannot be read: {why}")))
}

/// The data of a page, block by block.
fn blocks(html: &str) -> Vec<Value> {
    scripts(html)
        .filter_map(|script| {
            let (_, call) = script.text.split_once("AF_initDataCallback(")?;
            let (_, data) = call.split_once("data:")?;
            Deserializer::from_str(data).into_iter().next()?.ok()
        })
        .collect()
}

/// The row of the posting `id`, in lists of lists.
fn find<'a>(value: &'a Value, id: &str, depth: usize) -> Option<&'a Value> {
    let depth = depth.checked_sub(1)?;
    let list = value.as_array()?;
    if is_row(value) && words(value, 0).as_deref() == Some(id) {
        return Some(value);
    }
    list.iter().find_map(|inner| find(inner, id, depth))
}

/// A list that begins with a number as text, and a title.
fn is_row(value: &Value) -> bool {
    let id = value.get(0).and_then(Value::as_str);
    id.is_some_and(|id| id.len() > 5 && id.bytes().all(|b| b.is_ascii_digit()))
        && value.get(1).is_some_and(Value::is_string)
}

fn posting(row: &Value) -> Result<Posting, String> {
    let id = words(row, 0).filter(|id| is_name(id)).ok_or("has no id")?;
    let title = words(row, 1).ok_or_else(|| format!("{id} has no title"))?;
    let url = claim::posting(&id);
    let mut posting = portal_sdk::posting(id, url, title);
    let [about, responsibilities, qualifications, benefits, note] =
        [10, 3, 4, 15, 18].map(|at| prose(row, at));
    posting.description_html = portal_sdk::sections([
        (None, note.as_deref()),
        (None, qualifications.as_deref()),
        (Some("About the job"), about.as_deref()),
        (Some("Responsibilities"), responsibilities.as_deref()),
        (None, benefits.as_deref()),
    ]);
    posting.pay = posting.description_html.as_deref().and_then(pay::of);
    posting.apply_url = row
        .get(2)
        .and_then(Value::as_str)
        .filter(|url| url.starts_with("https://"))
        .map(str::to_owned);
    posting.company = words(row, 7);
    posting.language = words(row, 8);
    for place in row.get(9).and_then(Value::as_array).into_iter().flatten() {
        let named = words(place, 0).or_else(|| {
            let [city, region, country] = [2, 4, 5].map(|at| words(place, at));
            portal_sdk::place([city.as_deref(), region.as_deref(), country.as_deref()])
        });
        if let Some(place) = named {
            text::add_place(&mut posting.locations, &place);
        }
    }
    posting.posted_at = [12, 14, 13].into_iter().find_map(|at| {
        let seconds = row.get(at)?.get(0)?.as_f64()?;
        milliseconds(seconds)
    });
    posting.level = match row.get(20).and_then(Value::as_u64) {
        Some(1) => Some("Early"),
        Some(2) => Some("Mid"),
        Some(3) => Some("Advanced"),
        Some(4) => Some("Director"),
        _ => None,
    }
    .map(str::to_owned);
    Ok(posting)
}

fn words(row: &Value, at: usize) -> Option<String> {
    markup::stated(row.get(at).and_then(Value::as_str))
}

/// A text of HTML, alone or the second of a pair.
fn prose(row: &Value, at: usize) -> Option<String> {
    let field = row.get(at)?;
    let text = field.as_str().or_else(|| field.get(1)?.as_str())?;
    let html = markup::html(text);
    (!html.trim().is_empty()).then_some(html)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = include_str!("../fixtures/results.html");

    #[test]
    fn a_result_page_is_read() {
        let page = page(PAGE, 1).unwrap();
        assert_eq!((page.postings.len(), page.total), (2, Some(42)));
        assert_eq!(page.next.as_deref(), Some("2"));
        assert_eq!(page.dropped.len(), 1, "{:?}", page.dropped);
        let first = &page.postings[0];
        assert_eq!(first.external_id, "90000000000000001");
        assert_eq!(first.title, "Kite Engineer, R&D");
        assert_eq!(first.company.as_deref(), Some("KiteLab"));
        assert_eq!(first.locations, ["Ghent, Belgium", "Oslo, Norway"]);
        assert_eq!(first.posted_at.as_deref(), Some("1789410600000"));
        assert_eq!(first.level.as_deref(), Some("Mid"));
        assert_eq!(
            first.description_html.as_deref(),
            Some(
                "<h3>Minimum qualifications:</h3><ul><li>String</li></ul>\n<h3>About the job</h3>\n\
                 <p>You fly kites.</p>US: $100000 - $120000 (USD) + equity\n<h3>Responsibilities</h3>\n\
                 <ul><li>Fly</li></ul>"
            )
        );
        assert_eq!(first.pay.as_ref().and_then(|pay| pay.min), Some(100_000.0));
        let second = &page.postings[1];
        assert!(second.locations.is_empty() && second.posted_at.is_none());
    }

    #[test]
    fn a_posting_is_found_in_its_own_page() {
        let own = list(r#"[null,[["90000000000000001","Kite Engineer, R&D"]]]"#);
        for html in [PAGE, &own] {
            let found = detail(html, "90000000000000001").unwrap();
            assert_eq!(found.title, "Kite Engineer, R&D");
        }
        let error = detail(PAGE, "90000000000000009").unwrap_err();
        assert!(matches!(error, PortalError::Gone(_)), "{error:?}");
        let error = detail("<html>", "90000000000000001").unwrap_err();
        assert!(matches!(error, PortalError::Changed(_)), "{error:?}");
    }

    fn list(data: &str) -> String {
        format!(
            "<script>AF_initDataCallback({{key: 'ds:1', hash: '2', data:{data}, sideChannel: {{}}}});</script>"
        )
    }

    #[test]
    fn the_list_ends_where_the_site_says_and_another_shape_is_changed() {
        let end = page(&list("[[],null,0,20]"), 1).unwrap();
        assert_eq!((end.postings.len(), end.next), (0, None));
        let error = page(&list("[[],null,90,20]"), 3).map(drop).unwrap_err();
        assert!(matches!(error, PortalError::Fetch(_)), "{error:?}");
        for html in ["", "<html>", &list("[[\"x\"]]"), &list("[["), &list("x")] {
            let error = page(html, 1).map(drop).unwrap_err();
            assert!(matches!(error, PortalError::Changed(_)), "{html} {error:?}");
        }
    }
}
