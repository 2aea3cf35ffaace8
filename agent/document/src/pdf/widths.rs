//! Widths of letters in the one form the reading library understands.
//!
//! A font gives widths one by one (`c [w1 w2]`) or for a range (`first last w`);
//! of a range the library takes the first number for all three, and letters end
//! up on top of one another. Here ranges are written out.
#![deny(clippy::indexing_slicing)]

use pdf_extract::{Document, Object};

/// The codes there can be, and so the widest range.
const MOST: i64 = 1 << 16;

/// Writes the ranges of all fonts of `document` out.
pub(super) fn write_out(document: &mut Document) {
    let mut found = Vec::new();
    for (id, object) in &document.objects {
        let Ok(font) = object.as_dict() else { continue };
        let Ok(widths) = font.get(b"W") else { continue };
        let array = match widths {
            Object::Reference(id) => document.get_object(*id).and_then(Object::as_array),
            other => other.as_array(),
        };
        if let Ok(array) = array {
            found.push((*id, written_out(array)));
        }
    }
    for (id, widths) in found {
        if let Some(Object::Dictionary(font)) = document.objects.get_mut(&id) {
            font.set("W", widths);
        }
    }
}

fn written_out(widths: &[Object]) -> Vec<Object> {
    let mut out = Vec::new();
    let mut rest = widths;
    loop {
        rest = match rest {
            [first, list @ Object::Array(_), rest @ ..] => {
                out.extend([first.clone(), list.clone()]);
                rest
            }
            [
                Object::Integer(first),
                Object::Integer(last),
                width,
                rest @ ..,
            ] => {
                let count = (last - first + 1).clamp(0, MOST);
                let list = (0..count).map(|_| width.clone()).collect();
                out.extend([Object::Integer(*first), Object::Array(list)]);
                rest
            }
            _ => return out,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_becomes_a_list() {
        let list = Object::Array(vec![5.into()]);
        let widths = [1.into(), list.clone(), 7.into(), 9.into(), 4.into()];
        let all = Object::Array(vec![4.into(), 4.into(), 4.into()]);
        assert_eq!(written_out(&widths), [1.into(), list, 7.into(), all]);
    }
}
