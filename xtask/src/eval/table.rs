//! The table of an evaluation.

use super::portals::Row;

/// Fields shown, with the head of their column.
const FIELDS: &[(&str, &str)] = &[
    ("description_text", "text"),
    ("locations", "place"),
    ("workplace", "wkpl"),
    ("company", "comp"),
    ("posted_at", "date"),
    ("closes_at", "close"),
    ("pay", "pay"),
    ("employment", "empl"),
    ("level", "level"),
    ("department", "dept"),
    ("team", "team"),
    ("language", "lang"),
    ("requisition_id", "req"),
    ("group_id", "group"),
    ("apply_url", "apply"),
    ("benefits", "benef"),
    ("industry", "indus"),
    ("company_size", "size"),
    ("agency", "agcy"),
];

/// The rows, fill rates in percent, and below each what was found against it.
pub(super) fn draw(rows: &[Row]) -> String {
    let width = rows
        .iter()
        .map(|row| row.name.len())
        .max()
        .unwrap_or(4)
        .min(32);
    let mut text = format!(
        "{:<15} {:<width$} {:>11} {:<9}",
        "portal", "session", "found", "check"
    );
    for (_, head) in FIELDS {
        text.push_str(&format!(" {head:>5}"));
    }
    text.push('\n');
    for row in rows {
        let name: String = row.name.chars().take(width).collect();
        let found = format!(
            "{}/{}{}",
            row.found,
            row.recorded,
            if row.truncated { "+" } else { "" }
        );
        let check = if row.found < row.recorded {
            "missing"
        } else {
            row.check
        };
        text.push_str(&format!(
            "{:<15} {name:<width$} {found:>11} {check:<9}",
            row.portal
        ));
        for (field, _) in FIELDS {
            match row.fill.get(*field) {
                Some(share) if *share > 0.0 => text.push_str(&format!(" {:>5.0}", share * 100.0)),
                Some(_) | None => text.push_str("     ."),
            }
        }
        text.push('\n');
        for finding in &row.findings {
            text.push_str(&format!("    ! {finding}\n"));
        }
        for why in row.dropped.iter().take(5) {
            text.push_str(&format!("    - dropped: {why}\n"));
        }
    }
    text.push_str("+ the recording ends before the board; figures are percent of postings that state a field\n");
    text
}
