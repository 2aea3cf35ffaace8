//! Parts of a page told by an element's attributes, for pages without data in
//! them.

use crate::html::{Piece, Tag, pieces};

/// An element with what is inside, written again as HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selected {
    /// Its beginning.
    pub tag: Tag,
    /// Its content, without scripts, styles and comments.
    pub html: String,
}

/// The outermost elements of `html` that `is` picks, in order. One that is
/// never closed ends where the element around it ends, or at its like for items
/// of a list.
pub fn all(html: &str, is: impl Fn(&Tag) -> bool) -> Vec<Selected> {
    let mut found: Vec<Selected> = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let mut current: Option<Selected> = None;
    for piece in pieces(html) {
        let Some(section) = current.as_mut() else {
            if let Piece::Open(tag) = piece
                && is(&tag)
            {
                open = vec![tag.name.clone()];
                let section = Selected {
                    tag,
                    html: String::new(),
                };
                if section.tag.is_void() {
                    found.push(section);
                } else {
                    current = Some(section);
                }
            }
            continue;
        };
        match piece {
            Piece::Words(words) => {
                let escaped = words.replace('&', "&amp;").replace('<', "&lt;");
                section.html.push_str(&escaped);
            }
            Piece::Open(tag) => {
                // The next item of a list that leaves out the ends of items.
                if open.as_slice() == [tag.name.clone()] && tag.name == "li" {
                    found.extend(current.take());
                    if is(&tag) {
                        let html = String::new();
                        current = Some(Selected { tag, html });
                    }
                    continue;
                }
                section.html.push_str(&tag.to_html());
                if !tag.is_void() {
                    open.push(tag.name);
                }
            }
            Piece::Close(name) => match open.iter().rposition(|known| *known == name) {
                Some(0) => found.extend(current.take()),
                Some(at) => {
                    open.truncate(at);
                    section.html.push_str(&format!("</{name}>"));
                }
                None => {}
            },
        }
    }
    found.extend(current);
    found
}

/// The first element of this class; see [`all`].
pub fn by_class(html: &str, class: &str) -> Option<Selected> {
    all(html, |tag| tag.has_class(class)).into_iter().next()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &[&str]) {
        let found = all(html, |tag| tag.has_class("x"));
        let found: Vec<&str> = found.iter().map(|section| section.html.as_str()).collect();
        assert_eq!(found, expected, "{html}");
    }

    #[test]
    fn an_element_ends_where_it_is_closed() {
        check("<div class=x>a<div>b</div></div>c", &["a<div>b</div>"]);
        check(
            "<p class='y x'>a &lt; b<br>c</p><b class=x>d</b>",
            &["a &lt; b<br>c", "d"],
        );
        check("<div class=x><p>a<p>b</div>c", &["<p>a<p>b"]);
        check(
            "<div class=x><a class=\"x\" href='?a&amp;b'>i</a></div>",
            &["<a class=\"x\" href=\"?a&amp;b\">i</a>"],
        );
        check("<ul><li class=x>a<li class=x>b</ul>", &["a", "b"]);
        check("<img class=x>a", &[""]);
        check("<p class=x>a</b>c", &["ac"]);
        check("<p>a", &[]);
    }

    #[test]
    fn a_class_is_found() {
        assert_eq!(by_class("<i class='a b'>c</i>", "b").unwrap().html, "c");
        assert_eq!(by_class("<i class='a b'>c</i>", "a b"), None);
    }
}
