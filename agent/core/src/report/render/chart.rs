//! Bars, drawn as SVG. What a chart shows also stands in a table or a list beside it.

use std::fmt::Write as _;

use super::page::Text;
use crate::text;

/// One bar: a part in quiet colour, then a part that is meant.
pub(super) struct Bar {
    pub(super) label: String,
    pub(super) quiet: f64,
    pub(super) meant: f64,
    pub(super) value: String,
}

/// What a chart is called, and what it says to who cannot see it.
pub(super) struct Caption<'a> {
    /// Apart from other charts of the page.
    pub(super) id: &'a str,
    pub(super) title: &'a str,
    pub(super) says: String,
}

const WIDTH: f64 = 760.0;
const LABEL: f64 = 200.0;
const VALUE: f64 = 140.0;
const ROW: f64 = 26.0;
const HEIGHT: f64 = 16.0;
/// Longest label, in characters; the whole one is its title.
const LONGEST: usize = 27;

/// The bars under each other, as one figure.
pub(super) fn bars(caption: &Caption<'_>, bars: &[Bar]) -> String {
    let Caption { id, title, says } = caption;
    let longest = bars.iter().map(|bar| bar.quiet + bar.meant);
    let longest = longest.fold(0.0, f64::max).max(f64::MIN_POSITIVE);
    let room = WIDTH - LABEL - VALUE;
    let height = ROW * bars.len() as f64 + 8.0;
    let mut out = format!(
        "<figure>\n<svg viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\">\n\
         <title id=\"{id}-t\">{}</title>\n<desc id=\"{id}-d\">{}</desc>\n\
         <line class=\"axis\" x1=\"{LABEL}\" y1=\"0\" x2=\"{LABEL}\" y2=\"{height}\"/>\n",
        Text(title),
        Text(says)
    );
    for (row, bar) in bars.iter().enumerate() {
        let top = 4.0 + ROW * row as f64;
        let middle = top + HEIGHT / 2.0 + 4.6;
        let (quiet, meant) = (bar.quiet / longest * room, bar.meant / longest * room);
        let _ = writeln!(
            out,
            "<g><title>{whole}: {value}</title>\
             <text x=\"{x:.1}\" y=\"{middle:.1}\" text-anchor=\"end\">{label}</text>{first}{second}\
             <text class=\"soft\" x=\"{end:.1}\" y=\"{middle:.1}\">{value}</text></g>",
            whole = Text(&bar.label),
            label = Text(&text::quote(&bar.label, LONGEST)),
            value = Text(&bar.value),
            x = LABEL - 10.0,
            first = block("m", LABEL, top, quiet),
            second = block("a", LABEL + quiet, top, meant),
            end = LABEL + quiet + meant + 8.0,
        );
    }
    let _ = writeln!(
        out,
        "</svg>\n<figcaption>{}</figcaption>\n</figure>",
        Text(title)
    );
    out
}

fn block(class: &str, left: f64, top: f64, width: f64) -> String {
    if width <= 0.0 {
        return String::new();
    }
    format!(
        "<rect class=\"{class}\" x=\"{left:.1}\" y=\"{top:.1}\" width=\"{:.1}\" height=\"{HEIGHT}\" rx=\"2\"/>",
        width.max(1.5)
    )
}
