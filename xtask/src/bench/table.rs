//! Figures side by side.

use serde::Serialize;
use serde::ser::{SerializeStruct as _, Serializer};

/// One figure and what stands beside it.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    what: String,
    unit: &'static str,
    ours: f64,
    beside: &'static str,
    baseline: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<Verdict>,
}

/// What a figure is held to.
#[derive(Debug, Clone, Copy)]
pub(super) enum Target {
    /// At most so many times the baseline.
    Times(f64),
    /// At most this, in the row's unit.
    AtMost(f64),
    /// At least this, in the row's unit.
    AtLeast(f64),
    /// At most this, or this share of the baseline where that is more.
    AtMostOrShare(f64, f64),
}

/// A target and whether it was met.
#[derive(Debug)]
struct Verdict {
    says: String,
    met: bool,
}

impl Row {
    pub(super) fn seconds(what: String, ours: f64, beside: &'static str, baseline: f64) -> Self {
        Self::of(what, "s", ours, beside, baseline)
    }

    pub(super) fn bytes(what: &str, ours: u64, beside: &'static str, baseline: u64) -> Self {
        let mib = |bytes: u64| bytes as f64 / f64::from(1 << 20);
        Self::of(what.to_owned(), "MiB", mib(ours), beside, mib(baseline))
    }

    /// So many a second.
    pub(super) fn rate(what: String, ours: f64, beside: &'static str, baseline: f64) -> Self {
        Self::of(what, "/s", ours, beside, baseline)
    }

    /// How many.
    pub(super) fn count(what: String, ours: f64, beside: &'static str, baseline: f64) -> Self {
        Self::of(what, "", ours, beside, baseline)
    }

    fn of(
        what: String,
        unit: &'static str,
        ours: f64,
        beside: &'static str,
        baseline: f64,
    ) -> Self {
        Self {
            what,
            unit,
            ours,
            beside,
            baseline,
            target: None,
        }
    }

    /// The same row, held to a target.
    pub(super) fn held_to(mut self, target: Target) -> Self {
        let limit = |value| figure(value, self.unit);
        let (says, met) = match target {
            Target::Times(times) => (
                format!("at most {times:.2} x"),
                self.ours <= times * self.baseline,
            ),
            Target::AtMost(most) => (format!("at most {}", limit(most)), self.ours <= most),
            Target::AtLeast(least) => (format!("at least {}", limit(least)), self.ours >= least),
            Target::AtMostOrShare(most, share) => (
                format!("at most {} or {:.0} %", limit(most), share * 100.0),
                self.ours <= most.max(share * self.baseline),
            ),
        };
        self.target = Some(Verdict { says, met });
        self
    }
}

impl Verdict {
    fn in_words(&self) -> String {
        let met = if self.met { "met" } else { "MISSED" };
        format!("{met}: {}", self.says)
    }
}

impl Serialize for Verdict {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut fields = to.serialize_struct("target", 2)?;
        fields.serialize_field("says", &self.says)?;
        fields.serialize_field("met", &self.met)?;
        fields.end()
    }
}

/// The table as text: each figure, its baseline, how many times the baseline it
/// is, and whether it is what it is held to.
pub(super) fn in_columns(rows: &[Row]) -> String {
    let width = rows.iter().map(|row| row.what.len()).max().unwrap_or(0);
    let verdict = |row: &Row| row.target.as_ref().map(Verdict::in_words);
    let verdicts = rows.iter().filter_map(verdict).map(|text| text.len() + 2);
    let verdicts = verdicts.max().unwrap_or(0);
    let line = |row: &Row| {
        let times = if row.baseline > 0.0 {
            format!("{:.1} x", row.ours / row.baseline)
        } else {
            "-".to_owned()
        };
        format!(
            "{:<width$}  {:>12}  {:>12}  {times:>10}  {:<verdicts$}{}",
            row.what,
            figure(row.ours, row.unit),
            figure(row.baseline, row.unit),
            verdict(row).unwrap_or_default(),
            row.beside
        )
    };
    let head = format!(
        "{:<width$}  {:>12}  {:>12}  {:>10}  {:<verdicts$}baseline is",
        "", "ours", "baseline", "", ""
    );
    std::iter::once(head)
        .chain(rows.iter().map(line))
        .collect::<Vec<_>>()
        .join("\n")
}

fn figure(value: f64, unit: &str) -> String {
    match unit {
        "s" if value < 0.001 => format!("{:.0} us", value * 1_000_000.0),
        "s" if value < 1.0 => format!("{:.1} ms", value * 1000.0),
        "s" => format!("{value:.2} s"),
        "/s" => format!("{value:.0}/s"),
        "" => format!("{value:.0}"),
        _ => format!("{value:.1} {unit}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_stands_beside_its_baseline() {
        let rows = [
            Row::seconds("sync".to_owned(), 2.5, "plain fetch", 0.5),
            Row::bytes("idle", 3 << 20, "empty", 0),
        ];
        let text = in_columns(&rows);
        let lines: Vec<_> = text.lines().collect();
        assert!(
            lines[1].contains("2.50 s")
                && lines[1].contains("500.0 ms")
                && lines[1].contains("5.0 x"),
            "{text}"
        );
        assert!(
            lines[2].contains("3.0 MiB") && lines[2].contains(" - "),
            "{text}"
        );
    }

    #[test]
    fn a_figure_says_whether_it_is_what_it_is_held_to() {
        fn check(ours: f64, baseline: f64, target: Target, expected: &str) {
            let row = Row::rate("intake".to_owned(), ours, "plain fetch", baseline);
            let rows = [row.held_to(target)];
            let text = in_columns(&rows);
            assert!(text.contains(expected), "{text}");
            let json = serde_json::to_value(&rows).unwrap_or_default();
            let met = expected.starts_with("met");
            assert_eq!(json[0]["target"]["met"], met, "{json}");
        }
        check(19.0, 10.0, Target::Times(2.0), "met: at most 2.00 x");
        check(21.0, 10.0, Target::Times(2.0), "MISSED: at most 2.00 x");
        check(5.0, 0.0, Target::AtMost(5.0), "met: at most 5/s");
        check(6.0, 0.0, Target::AtMost(5.0), "MISSED: at most 5/s");
        check(5.0, 0.0, Target::AtLeast(5.0), "met: at least 5/s");
        check(4.0, 0.0, Target::AtLeast(5.0), "MISSED: at least 5/s");
        let either = Target::AtMostOrShare(16.0, 0.1);
        check(16.0, 10.0, either, "met: at most 16/s or 10 %");
        check(20.0, 200.0, either, "met: at most 16/s or 10 %");
        check(21.0, 200.0, either, "MISSED: at most 16/s or 10 %");
    }
}
