//! Figures side by side.

use serde::Serialize;

/// One figure and what stands beside it.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    what: String,
    unit: &'static str,
    ours: f64,
    beside: &'static str,
    baseline: f64,
}

impl Row {
    pub(super) fn seconds(what: String, ours: f64, beside: &'static str, baseline: f64) -> Self {
        Self {
            what,
            unit: "s",
            ours,
            beside,
            baseline,
        }
    }

    pub(super) fn bytes(what: &str, ours: u64, beside: &'static str, baseline: u64) -> Self {
        let mib = |bytes: u64| bytes as f64 / f64::from(1 << 20);
        Self {
            what: what.to_owned(),
            unit: "MiB",
            ours: mib(ours),
            beside,
            baseline: mib(baseline),
        }
    }
}

/// The table as text: each figure, its baseline, and how many times the baseline it is.
pub(super) fn in_columns(rows: &[Row]) -> String {
    let width = rows.iter().map(|row| row.what.len()).max().unwrap_or(0);
    let line = |row: &Row| {
        let times = if row.baseline > 0.0 {
            format!("{:.1} x", row.ours / row.baseline)
        } else {
            "-".to_owned()
        };
        format!(
            "{:<width$}  {:>12}  {:>12}  {times:>10}  {}",
            row.what,
            figure(row.ours, row.unit),
            figure(row.baseline, row.unit),
            row.beside
        )
    };
    let head = format!(
        "{:<width$}  {:>12}  {:>12}  {:>10}  baseline is",
        "", "ours", "baseline", ""
    );
    std::iter::once(head)
        .chain(rows.iter().map(line))
        .collect::<Vec<_>>()
        .join("\n")
}

fn figure(value: f64, unit: &str) -> String {
    match unit {
        "s" if value < 1.0 => format!("{:.1} ms", value * 1000.0),
        "s" => format!("{value:.2} s"),
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
}
