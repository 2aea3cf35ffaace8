//! Sizes of employers as people type them.
#![deny(clippy::indexing_slicing)]

use super::{PreferenceError, values::wrong};
use crate::job::facts::CompanySize;

/// Reads "11-50", "200+", "up to 500", "50".
pub(super) fn size(key: &'static str, value: &str) -> Result<CompanySize, PreferenceError> {
    let no = || {
        wrong(
            key,
            value,
            "it is a number of people, such as \"11-50\", \"200+\" or \"up to 500\"",
            None,
        )
    };
    let lower = value.to_lowercase().replace(['–', '—'], "-");
    let number = |text: &str| {
        let digits: String = text
            .chars()
            .filter(|c| !matches!(c, ',' | '.' | ' ' | '\''))
            .collect();
        digits.parse::<u32>().map_err(|_| no())
    };
    let read = if let Some(most) = lower.strip_prefix("up to ").or(lower.strip_prefix('<')) {
        CompanySize {
            min: 1,
            max: Some(number(most)?),
        }
    } else if let Some(least) = lower.strip_suffix('+').or(lower.strip_prefix('>')) {
        CompanySize {
            min: number(least)?,
            max: None,
        }
    } else if let Some((least, most)) = lower.split_once('-') {
        CompanySize {
            min: number(least)?,
            max: Some(number(most)?),
        }
    } else {
        let exactly = number(&lower)?;
        CompanySize {
            min: exactly,
            max: Some(exactly),
        }
    };
    if read.max.is_some_and(|max| max < read.min) {
        return Err(no());
    }
    Ok(read)
}

pub(super) fn show_size(size: &CompanySize) -> String {
    match size.max {
        Some(max) if size.min == max => max.to_string(),
        Some(max) => format!("{}-{max}", size.min),
        None => format!("{}+", size.min),
    }
}
