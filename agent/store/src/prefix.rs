//! Ids as people type them: a short prefix that is enough to tell.

use crate::{Reader, StoreError};

/// Fewest digits of a short id: shorter ones soon become ambiguous.
const SHORTEST: usize = 4;

/// What a prefix names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found<T> {
    /// Exactly one.
    One(T),
    /// None.
    None,
    /// Several; the first ten are listed.
    Many(Vec<T>),
}

impl<T> Found<T> {
    pub(crate) fn of(mut all: Vec<T>) -> Self {
        match (all.len(), all.pop()) {
            (1, Some(one)) => Self::One(one),
            (_, None) => Self::None,
            (_, Some(last)) => {
                all.push(last);
                Self::Many(all)
            }
        }
    }
}

/// How many candidates of an ambiguous prefix are listed.
pub(crate) const MANY: u32 = 10;

/// The least and the greatest id that start with the hexadecimal digits of
/// `prefix`, or `None` when it is empty, too long or not hexadecimal.
pub(crate) fn bounds(prefix: &str) -> Option<([u8; 16], [u8; 16])> {
    if prefix.is_empty() || prefix.len() > 32 || !prefix.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let fill = |digit: char| {
        let digits: String = prefix
            .chars()
            .chain(std::iter::repeat(digit))
            .take(32)
            .collect();
        u128::from_str_radix(&digits, 16)
            .ok()
            .map(u128::to_be_bytes)
    };
    Some((fill('0')?, fill('f')?))
}

/// How many leading hexadecimal digits two ids share.
fn shared_digits(one: &[u8; 16], other: &[u8; 16]) -> usize {
    let differing = u128::from_be_bytes(*one) ^ u128::from_be_bytes(*other);
    differing.leading_zeros() as usize / 4
}

impl Reader {
    /// How many digits tell `id` from its nearest `neighbours` (two queries of
    /// one column, with the id as their parameter); at least 4.
    pub(crate) fn telling_digits(
        &self,
        id: &[u8; 16],
        neighbours: [&str; 2],
    ) -> Result<usize, StoreError> {
        let mut len = SHORTEST;
        for sql in neighbours {
            if let Some(near) = self.value::<[u8; 16]>(sql, [id])? {
                len = len.max(shared_digits(id, &near) + 1);
            }
        }
        Ok(len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_bounds_the_ids_that_start_with_it() {
        let check = |prefix: &str, expected: Option<(u8, u8)>| {
            let firsts = bounds(prefix).map(|(low, high)| (low[0], high[0]));
            assert_eq!(firsts, expected, "{prefix}");
        };
        check("a", Some((0xa0, 0xaf)));
        check("3F", Some((0x3f, 0x3f)));
        check("", None);
        check("xy", None);
        check("é", None);
        check(&"0".repeat(33), None);
    }

    #[test]
    fn shared_digits_are_counted_in_half_bytes() {
        let mut other = [0; 16];
        assert_eq!(shared_digits(&[0; 16], &other), 32);
        other[1] = 0x01;
        assert_eq!(shared_digits(&[0; 16], &other), 3);
        other[1] = 0x10;
        assert_eq!(shared_digits(&[0; 16], &other), 2);
    }
}
