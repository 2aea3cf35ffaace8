//! A posting read from a page that a person saved, opened or pasted.
//!
//! Many pages carry the posting as data beside the text (schema.org JobPosting
//! in JSON-LD); that is believed first. Else the text is read, and what could
//! only be guessed is named, so that the person can be asked.
#![deny(clippy::indexing_slicing)]

mod head;
mod json_ld;
mod value;

use serde::Serialize;

use crate::{html, ids::ContentHash, job::Posting, text};
use head::Head;

/// A page as it was given.
#[derive(Debug, Clone, Copy)]
pub struct Page<'a> {
    /// HTML, or plain text.
    pub content: &'a str,
    /// Where it was, as far as the person says.
    pub address: Option<&'a str>,
}

/// What was read from a page.
#[derive(Debug, Clone, PartialEq)]
pub struct PageReading {
    /// The postings, at least one.
    pub postings: Vec<Posting>,
    /// What they were read from.
    pub read_from: ReadFrom,
    /// What was guessed or is not there, of the first posting.
    pub uncertain: Vec<Uncertain>,
}

/// What a posting was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReadFrom {
    /// Data beside the text, made for machines.
    Markup,
    /// The text a reader sees.
    Text,
}

/// A fact of which a page does not say enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Uncertain {
    /// Taken from a heading or a first line, or missing.
    Title,
    /// Taken from the name of the site, or missing.
    Company,
    /// Not told by the page.
    Address,
    /// Missing.
    Description,
}

impl Uncertain {
    /// Its name on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Company => "company",
            Self::Address => "url",
            Self::Description => "description",
        }
    }
}

/// A page without a posting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there is no text to read on this page; save it after it was loaded completely")]
pub struct NoText;

/// Most postings taken from one page.
const MAX_POSTINGS: usize = 50;

/// Longest title taken from a line of text, in characters.
const TITLE: usize = 140;

/// A part of a page is its content when it has at least this many characters.
const CONTENT: usize = 200;

/// Begins the addresses of postings whose page does not say where it was; a name
/// that can never be opened (RFC 2606).
pub const NOWHERE: &str = "https://by-hand.invalid/";

/// Reads the posting or postings of a page.
///
/// # Errors
/// If it has no text at all.
pub fn read(page: Page<'_>) -> Result<PageReading, NoText> {
    if !is_markup(page.content) {
        return from_plain(page);
    }
    let head = Head::of(page.content);
    let address = page
        .address
        .map(str::to_owned)
        .or_else(|| head.address.clone());
    let mut postings = json_ld::postings(&head.data);
    if let Some(own) = postings
        .iter()
        .position(|posting| is_at(posting, address.as_deref()))
    {
        postings = vec![postings.swap_remove(own)];
    }
    postings.truncate(MAX_POSTINGS);
    if postings.is_empty() {
        return from_text(page.content, &head, address);
    }
    if let [posting] = postings.as_mut_slice() {
        if let Some(address) = &address {
            posting.url.clone_from(address);
        }
        if posting.title.trim().is_empty() {
            posting.title = head.title().unwrap_or_default();
        }
        if posting.company.is_none() {
            posting.company.clone_from(&head.site);
        }
    }
    Ok(finished(postings, ReadFrom::Markup))
}

fn from_plain(page: Page<'_>) -> Result<PageReading, NoText> {
    let words = text::block(page.content);
    let Some(first) = words.lines().next() else {
        return Err(NoText);
    };
    let posting = Posting {
        title: text::quote(first, TITLE),
        url: page.address.unwrap_or_default().to_owned(),
        description_text: Some(words.clone()),
        ..Posting::default()
    };
    Ok(guessed(posting))
}

fn from_text(content: &str, head: &Head, address: Option<String>) -> Result<PageReading, NoText> {
    let whole = || html::to_text(content);
    let words = ["main", "article"]
        .into_iter()
        .filter_map(|name| element(content, name))
        .map(html::to_text)
        .find(|words| words.chars().count() >= CONTENT)
        .unwrap_or_else(whole);
    if words.is_empty() {
        return Err(NoText);
    }
    let title = head.title();
    // The mark of a list's item is ours.
    let first = || {
        let line = words.lines().next()?;
        Some(text::quote(line.trim_start_matches("- "), TITLE))
    };
    Ok(guessed(Posting {
        title: title.or_else(first).unwrap_or_default(),
        company: head.site.clone(),
        url: address.unwrap_or_default(),
        description_text: Some(words.clone()),
        ..Posting::default()
    }))
}

/// What stands in the first element of this name, to its last end.
fn element<'a>(content: &'a str, name: &str) -> Option<&'a str> {
    // Same length in bytes, so that places in one are places in the other.
    let lower = content.to_ascii_lowercase();
    let start = lower.find(&format!("<{name}"))?;
    let end = lower.rfind(&format!("</{name}"))?;
    content.get(start..end)
}

fn guessed(posting: Posting) -> PageReading {
    let mut reading = finished(vec![posting], ReadFrom::Text);
    for guess in [Uncertain::Company, Uncertain::Title] {
        if !reading.uncertain.contains(&guess) {
            reading.uncertain.insert(0, guess);
        }
    }
    reading
}

/// Gives every posting an id and an address of the right form, and says what the
/// first lacks.
fn finished(mut postings: Vec<Posting>, read_from: ReadFrom) -> PageReading {
    let mut uncertain = Vec::new();
    if let Some(first) = postings.first() {
        let blank = |text: &str| text.trim().is_empty();
        if blank(&first.title) {
            uncertain.push(Uncertain::Title);
        }
        if first.company.as_deref().is_none_or(blank) {
            uncertain.push(Uncertain::Company);
        }
        if web_address(&first.url).is_none() {
            uncertain.push(Uncertain::Address);
        }
        if !first.is_described() {
            uncertain.push(Uncertain::Description);
        }
    }
    postings.iter_mut().for_each(identify);
    PageReading {
        postings,
        read_from,
        uncertain,
    }
}

/// Puts the posting's address in one form and derives its id from it: the same
/// page added twice is one posting. Without an address, its words identify it.
pub fn identify(posting: &mut Posting) {
    if let Some(address) = web_address(&posting.url).filter(|url| !url.starts_with(NOWHERE)) {
        posting.external_id.clone_from(&address);
        posting.url = address;
        return;
    }
    // Not the title, which the person may say better the second time.
    let words = posting.description_text.as_deref();
    let words = words.or(posting.description_html.as_deref());
    let said = words.unwrap_or(&posting.title);
    let hash = ContentHash::of(&text::line(said)).to_string();
    let short: String = hash.chars().take(16).collect();
    posting.external_id = format!("page-{short}");
    posting.url = format!("{NOWHERE}{short}");
}

/// A web address without what only a visit or a campaign adds to it.
fn web_address(given: &str) -> Option<String> {
    let mut url = url::Url::parse(given.trim()).ok()?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return None;
    }
    url.set_fragment(None);
    let kept: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(name, _)| !name.starts_with("utm_"))
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    if kept.len() < url.query_pairs().count() {
        url.set_query(None);
        if !kept.is_empty() {
            url.query_pairs_mut().extend_pairs(kept);
        }
    }
    Some(url.to_string())
}

fn is_at(posting: &Posting, address: Option<&str>) -> bool {
    let stated = web_address(&posting.url);
    stated.is_some() && stated == address.and_then(web_address)
}

/// Whether the content has tags as pages have, and is not words alone.
fn is_markup(content: &str) -> bool {
    let lower = content.to_ascii_lowercase();
    [
        "<html", "<body", "<script", "<div", "<p>", "<h1", "<br", "<li", "<title",
    ]
    .iter()
    .any(|tag| lower.contains(tag))
}

#[cfg(test)]
mod tests;
