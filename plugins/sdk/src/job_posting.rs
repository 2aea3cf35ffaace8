//! schema.org JobPosting: what careers pages carry for search engines. It is
//! read from a page's JSON-LD, from its microdata where it has no JSON-LD, or
//! from one value that another reader found.

mod block;
mod fields;
mod microdata;
mod pay;
mod place;
mod prose;
mod value;

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use crate::{Posting, markup, posting, text};

/// The postings of the page `html` that answered at `url`, each with an id, an
/// address and a title. Two of the same id are one.
///
/// The id is the posting's identifier where it has one, else its address. A
/// posting without an address of its own has the page's.
pub fn of_page(html: &str, url: &str) -> Vec<Posting> {
    let mut values = block::of_page(html);
    if values.is_empty() {
        values = microdata::of_page(html);
    }
    let found = values.iter().filter_map(|value| of_value(value, url));
    distinct(found.collect())
}

/// Each posting once. Where an identifier is shared by several addresses it
/// names the company and not the posting: then the address is the id. What then
/// still has the same id and another title is told apart by that.
fn distinct(mut all: Vec<Posting>) -> Vec<Posting> {
    let shared = several(&all, |posting| &posting.url);
    for posting in &mut all {
        if shared.contains(&posting.external_id) {
            posting.external_id.clone_from(&posting.url);
        }
    }
    let shared = several(&all, |posting| &posting.title);
    for posting in &mut all {
        if shared.contains(&posting.external_id) {
            posting.external_id = format!("{}#{}", posting.external_id, slug(&posting.title));
        }
    }
    let mut seen = HashSet::new();
    all.retain(|posting| seen.insert(posting.external_id.clone()));
    all
}

/// The ids under which `field` has several values.
fn several(all: &[Posting], field: impl Fn(&Posting) -> &String) -> HashSet<String> {
    let mut first: HashMap<&str, &String> = HashMap::new();
    let mut found = HashSet::new();
    for posting in all {
        let value = field(posting);
        if *first.entry(&posting.external_id).or_insert(value) != value {
            found.insert(posting.external_id.clone());
        }
    }
    found
}

fn slug(title: &str) -> String {
    let lower = title.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    text::cut(&words.join("-"), 100).to_owned()
}

/// The posting that one JobPosting states; none without a title. `url` is the
/// address of the page it stands in.
pub fn of_value(value: &Value, url: &str) -> Option<Posting> {
    let title = value::line(value, "title").or_else(|| value::line(value, "name"))?;
    let own = ["url", "mainEntityOfPage", "sameAs"]
        .into_iter()
        .find_map(|name| value::address(value, name, url))
        .unwrap_or_else(|| url.to_owned());
    let id = fields::identifier(value).unwrap_or_else(|| own.clone());
    let mut posting = posting(id, own, title);
    fill(&mut posting, value);
    Some(posting)
}

/// Adds to `posting` what the JobPosting `value` states and `posting` does not
/// say yet. Its id, address and title stay.
pub fn fill(posting: &mut Posting, value: &Value) {
    if posting.description_html.is_none() && posting.description_text.is_none() {
        prose::describe(posting, value);
    }
    if posting.locations.is_empty() {
        posting.locations = place::of(value);
    }
    if posting.pay.is_none() {
        posting.pay = pay::of(value);
    }
    if posting.benefits.is_empty() {
        posting.benefits = fields::benefits(value);
    }
    let put = |field: &mut Option<String>, stated: Option<String>| {
        if field.is_none() {
            *field = stated;
        }
    };
    put(&mut posting.company, fields::company(value));
    put(&mut posting.company_size, fields::company_size(value));
    put(&mut posting.workplace, fields::workplace(value));
    put(
        &mut posting.employment,
        value::words(value, "employmentType"),
    );
    put(&mut posting.industry, value::words(value, "industry"));
    put(&mut posting.department, fields::department(value));
    put(&mut posting.language, fields::language(value));
    put(&mut posting.posted_at, fields::date(value, "datePosted"));
    put(&mut posting.closes_at, fields::date(value, "validThrough"));
    put(&mut posting.requisition_id, fields::identifier(value));
    put(&mut posting.apply_url, fields::apply(value, &posting.url));
}

/// The JobPostings in `text`, a JSON-LD document as it stands in a page:
/// wherever they are nested, with what they refer to put in its place. Empty
/// where it is no JSON even after slips of the pen were mended.
pub fn in_json(text: &str) -> Vec<Value> {
    block::in_text(text)
}

/// `field` as schema.org's texts are written: one line, no markup.
fn clean(field: &str) -> Option<String> {
    const NOTHING: [&str; 7] = [
        "null",
        "undefined",
        "n/a",
        "none",
        "-",
        "not specified",
        "tbd",
    ];
    markup::stated(Some(field)).filter(|line| {
        !NOTHING
            .iter()
            .any(|nothing| line.eq_ignore_ascii_case(nothing))
    })
}

#[cfg(test)]
mod tests;
