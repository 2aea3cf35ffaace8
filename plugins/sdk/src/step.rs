//! Portals that answer a part of the list at a time.

use crate::{PortalError, cursor_number};

/// What one answer says of how far the list is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// How many entries stand before this answer.
    pub start: u32,
    /// Entries of this answer, those that could not be read included.
    pub count: usize,
    /// How many entries a full answer has.
    pub full: usize,
    /// How many the portal says there are in all.
    pub total: Option<u32>,
}

impl Step {
    /// Where the list goes on; none at its end. A list that stops giving entries
    /// before the number it states is an error: what was not seen is not closed.
    pub fn next(self) -> Result<Option<u32>, PortalError> {
        let end = self
            .start
            .saturating_add(u32::try_from(self.count).unwrap_or(u32::MAX));
        // A number below what was seen says nothing.
        let total = self.total.filter(|total| *total >= end);
        match (self.count, total) {
            (0, Some(total)) if total > end => Err(PortalError::Fetch(format!(
                "the list ends at {end}, but the portal says it has {total}"
            ))),
            (0, _) => Ok(None),
            (_, Some(total)) => Ok((end < total).then_some(end)),
            (count, None) => Ok((count >= self.full).then_some(end)),
        }
    }

    /// The entries before the answer `cursor` stands for: digits, as [`Step::next`]
    /// gives them, or none at the beginning.
    pub fn start(cursor: Option<&str>) -> Result<u32, PortalError> {
        cursor_number(cursor, 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(start: u32, count: usize, total: Option<u32>, expected: Result<Option<u32>, ()>) {
        let full = 10;
        let step = Step {
            start,
            count,
            full,
            total,
        };
        assert_eq!(step.next().map_err(drop), expected, "{step:?}");
    }

    #[test]
    fn a_list_is_read_to_its_end() {
        check(0, 10, Some(25), Ok(Some(10)));
        check(0, 2, Some(25), Ok(Some(2)));
        check(20, 5, Some(25), Ok(None));
        check(0, 10, Some(10), Ok(None));
        check(0, 10, None, Ok(Some(10)));
        check(10, 9, None, Ok(None));
        check(0, 0, None, Ok(None));
        check(0, 0, Some(0), Ok(None));
        check(10, 10, Some(0), Ok(Some(20)));
        check(20, 0, Some(25), Err(()));
        check(30, 0, Some(25), Ok(None));
    }

    #[test]
    fn a_cursor_is_a_number() {
        assert_eq!(Step::start(None).unwrap(), 0);
        assert_eq!(Step::start(Some("40")).unwrap(), 40);
        assert!(matches!(
            Step::start(Some("-1")),
            Err(PortalError::Invalid(_))
        ));
    }
}
