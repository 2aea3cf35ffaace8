//! Web addresses in the text or markup of a posting.
#![deny(clippy::indexing_slicing)]

use std::{collections::BTreeSet, sync::LazyLock};

use regex::Regex;

/// Most addresses taken from one text.
const MAX: usize = 100;

/// Longest address, in bytes.
const LONGEST: usize = 1_000;

/// An address up to a space, a quotation mark, a bracket or a tag.
static ADDRESS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"https?://[^\s"'<>()\[\]{}\\^`|]+"#).ok());

/// The addresses in `text`, each once.
pub fn of(text: &str) -> BTreeSet<String> {
    ADDRESS
        .iter()
        .flat_map(|pattern| pattern.find_iter(text))
        .map(|found| {
            let plain = found.as_str().replace("&amp;", "&");
            plain
                .trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_'])
                .to_owned()
        })
        .filter(|address| address.len() <= LONGEST)
        .filter(|address| url::Url::parse(address).is_ok_and(|url| url.has_host()))
        .take(MAX)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_end_where_a_reader_ends_them() {
        let check = |text: &str, expected: &[&str]| {
            let found: Vec<String> = of(text).into_iter().collect();
            assert_eq!(found, expected, "{text}");
        };
        check(
            "See https://jobs.lever.co/acme. Or (https://x.example/a?b=1&amp;c=2)!",
            &["https://jobs.lever.co/acme", "https://x.example/a?b=1&c=2"],
        );
        check(
            "<a href=\"https://jobs.ashbyhq.com/acme\">apply</a> https://jobs.ashbyhq.com/acme",
            &["https://jobs.ashbyhq.com/acme"],
        );
        check("https:// http://. ftp://x mailto:a@b", &[]);
        check("", &[]);
    }
}
