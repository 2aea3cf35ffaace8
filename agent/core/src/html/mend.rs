//! Tags that their author never ended.
//!
//! A browser reads on to the next quotation mark or angle bracket, however far, and
//! shows nothing of what lies between. Of a posting that would be its requirements.

use std::borrow::Cow;

use super::element::{self, tag_name};

/// Ends each tag in which another element plainly ends: `<a b="x</p>` becomes
/// `<a b="x"></p>`. Takes linear time.
pub(super) fn mend(html: &str) -> Cow<'_, str> {
    let mut mended = String::new();
    let mut copied = 0;
    let mut at = 0;
    while let Some(open) = find(html, at, ['<']) {
        let rest = html.get(open + 1..).unwrap_or_default();
        if rest.starts_with("!--") {
            match rest.find("-->") {
                Some(end) => at = open + 1 + end,
                None => break,
            }
        } else if tag_name(rest).is_some() {
            let (end, missing) = end_of_tag(html, open + 1);
            if let Some(missing) = missing {
                mended.push_str(html.get(copied..end).unwrap_or_default());
                mended.push_str(missing);
                copied = end;
            }
            at = end;
        } else {
            at = open + 1;
        }
    }
    if copied == 0 {
        return Cow::Borrowed(html);
    }
    mended.push_str(html.get(copied..).unwrap_or_default());
    Cow::Owned(mended)
}

/// Where the tag ends whose name begins at `start`, and what it lacks there.
fn end_of_tag(html: &str, start: usize) -> (usize, Option<&'static str>) {
    let mut at = start;
    while let Some(sign) = find(html, at, ['>', '<', '=']) {
        let after = html.get(sign + 1..).unwrap_or_default();
        at = sign + 1;
        match html.as_bytes().get(sign) {
            Some(b'>') => return (at, None),
            Some(b'<') if after.starts_with('/') && tag_name(after).is_some() => {
                return (sign, Some(">"));
            }
            Some(b'=') => {
                let value = after.trim_start();
                let (quote, missing) = match value.chars().next() {
                    Some('"') => ('"', "\">"),
                    Some('\'') => ('\'', "'>"),
                    _ => continue,
                };
                let begin = html.len() - value.len() + 1;
                let end = find(html, begin, [quote]).unwrap_or(html.len());
                let value = html.get(begin..end).unwrap_or_default();
                if let Some(stray) = stray_end(value) {
                    return (begin + stray, Some(missing));
                }
                at = end + 1;
            }
            _ => {}
        }
    }
    (html.len(), None)
}

/// Where a paragraph ends in `value` that did not begin in it.
fn stray_end(value: &str) -> Option<usize> {
    let mut tags = value.match_indices('<').filter_map(|(at, _)| {
        let rest = value.get(at + 1..)?;
        let name = tag_name(rest)?.to_ascii_lowercase();
        let parts = element::is_paragraph(&name) || element::is_block(&name);
        parts.then(|| (at, rest.starts_with('/')))
    });
    tags.next().filter(|(_, ends)| *ends).map(|(at, _)| at)
}

fn find<const N: usize>(html: &str, from: usize, wanted: [char; N]) -> Option<usize> {
    html.get(from..)?.find(wanted).map(|at| from + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_ended_where_another_element_ends() {
        let check = |given: &str, expected: &str| assert_eq!(mend(given), expected);
        check("<p><a b=\"x</p>y", "<p><a b=\"x\"></p>y");
        check(
            "<p>'><b>x</b x='</p><p>it's</p>",
            "<p>'><b>x</b x=''></p><p>it's</p>",
        );
        check("<p><iframe src=x <</p>y", "<p><iframe src=x <></p>y");
        check("<div a='1' b=\"</div>y", "<div a='1' b=\"\"></div>y");
    }

    #[test]
    fn markup_without_a_fault_stays_as_it_is() {
        for given in [
            "",
            "a < b <",
            "<p title='a > b'>x</p>",
            "<img data-html=\"<p>x</p>\" alt='it is'>",
            "<a href=x>y</a>",
            "<!-- <a b='</p>' --> x",
            "<a b=\"never ended",
            "<p>x=\"</p>\"",
        ] {
            assert!(matches!(mend(given), Cow::Borrowed(_)), "{given}");
        }
    }
}
