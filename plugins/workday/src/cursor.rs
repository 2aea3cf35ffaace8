//! Where a list goes on, as text. The portal states how many postings there are
//! on the first page only, so that number travels along.

use portal_sdk::{PortalError, is_name};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cursor {
    /// In the list of everything.
    All { offset: u32, total: Option<u32> },
    /// In one part of a site that is too large for one list.
    Part { part: Part, total: u32 },
    /// At the part that comes after this one.
    After { part: Part, total: u32 },
}

/// The postings with one value of one of the portal's filters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) parameter: String,
    pub(crate) id: String,
    pub(crate) offset: u32,
    /// How many there are, once the portal has said it.
    pub(crate) size: Option<u32>,
}

impl Cursor {
    pub(crate) fn parse(text: &str) -> Result<Self, PortalError> {
        let wrong = || PortalError::Invalid(format!("{text:?} is no place in a list"));
        let number = |text: &str| text.parse().map_err(|_| wrong());
        let maybe = |text: &str| match text {
            "-" => Ok(None),
            text => number(text).map(Some),
        };
        let parts: Vec<&str> = text.split('/').collect();
        match parts.as_slice() {
            [offset, total] => Ok(Self::All {
                offset: number(offset)?,
                total: maybe(total)?,
            }),
            [kind, parameter, id, offset, size, total]
                if is_name(parameter) && is_name(id) && ["part", "after"].contains(kind) =>
            {
                let part = Part {
                    parameter: (*parameter).to_owned(),
                    id: (*id).to_owned(),
                    offset: number(offset)?,
                    size: maybe(size)?,
                };
                let total = number(total)?;
                Ok(if *kind == "part" {
                    Self::Part { part, total }
                } else {
                    Self::After { part, total }
                })
            }
            _ => Err(wrong()),
        }
    }

    pub(crate) fn text(&self) -> String {
        let maybe = |number: &Option<u32>| number.map_or("-".to_owned(), |n| n.to_string());
        let (kind, part, total) = match self {
            Self::All { offset, total } => return format!("{offset}/{}", maybe(total)),
            Self::Part { part, total } => ("part", part, total),
            Self::After { part, total } => ("after", part, total),
        };
        let Part {
            parameter,
            id,
            offset,
            size,
        } = part;
        format!("{kind}/{parameter}/{id}/{offset}/{}/{total}", maybe(size))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_a_list_survives_being_written() {
        for text in [
            "20/621",
            "40/-",
            "part/locations/ab12/20/57/2000",
            "part/timeType123/ab12/0/-/2000",
            "after/locations/ab12/20/57/2000",
        ] {
            assert_eq!(Cursor::parse(text).unwrap().text(), text);
        }
        for text in [
            "",
            "20",
            "-1/7",
            "x/7",
            "-/7",
            "all/a/b/0/-/7",
            "part/a b/c/0/-/7",
            "part/a/../0/-/7",
            "part/a/b/0/-/-",
        ] {
            assert!(Cursor::parse(text).is_err(), "{text}");
        }
    }
}
