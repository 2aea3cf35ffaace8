//! Scripts of a page: where sites keep what their pages are made of.

use std::iter::from_fn;

use crate::html::{Tag, open, skip_to_end};

/// A script element as it stands in the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script<'a> {
    /// Its beginning, with `type`, `id` and `src`.
    pub tag: Tag,
    /// What it holds, as written: no references are undone in scripts.
    pub text: &'a str,
}

/// The scripts of `html` in order, without those inside comments.
pub fn scripts(html: &str) -> impl Iterator<Item = Script<'_>> {
    let mut rest = html;
    from_fn(move || {
        loop {
            let (_, from) = rest.split_at(rest.find('<')?);
            if let Some(after) = from.strip_prefix("<!--") {
                rest = after.split_once("-->").map_or("", |(_, after)| after);
                continue;
            }
            let after = from.get(1..).unwrap_or_default();
            let is_script = after
                .get(..6)
                .is_some_and(|name| name.eq_ignore_ascii_case("script"))
                && !after
                    .get(6..)
                    .is_some_and(|more| more.starts_with(|c: char| c.is_ascii_alphanumeric()));
            if !is_script {
                rest = after;
                continue;
            }
            let (tag, inside) = open(after);
            let end = skip_to_end(inside, "script");
            rest = end;
            let length = inside.len() - end.len();
            return Some(Script {
                tag,
                text: inside.get(..length).unwrap_or_default(),
            });
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &[(&str, &str)]) {
        let found: Vec<(String, &str)> = scripts(html)
            .map(|script| {
                let kind = script.tag.value("type").unwrap_or_default();
                (kind.to_owned(), script.text)
            })
            .collect();
        let found: Vec<(&str, &str)> = found.iter().map(|(k, t)| (k.as_str(), *t)).collect();
        assert_eq!(found, expected, "{html}");
    }

    #[test]
    fn the_scripts_of_a_page_are_found() {
        check(
            "<p>a<SCRIPT Type='application/ld+json'>{\"a\":\"<p>&amp;\"}</Script ><script>b</script>",
            &[("application/ld+json", "{\"a\":\"<p>&amp;\"}"), ("", "b")],
        );
        check("<!-- <script>a</script> --><script>b", &[("", "b")]);
        check("<script>a<!-- b</script>é<", &[("", "a<!-- b")]);
        check("<script src=x></script>", &[("", "")]);
        check("<scripts>a</scripts> < script>", &[]);
        check("", &[]);
    }
}
