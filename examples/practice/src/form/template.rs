//! The HTML around every page of an employer.

use super::markup::escape;

const STYLE: &str = include_str!("../../assets/page.css");

/// A whole page; `body` is HTML, `scripts` are run at its end, in order.
pub(crate) fn page(title: &str, body: &str, scripts: &[&str]) -> String {
    let title = escape(title);
    let scripts: String = scripts
        .iter()
        .map(|script| format!("<script>\n{script}</script>\n"))
        .collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n\
         <h1>{title}</h1>\n<p>This employer exists for practice only.</p>\n{body}\n</main>\n\
         {scripts}</body>\n</html>\n"
    )
}
