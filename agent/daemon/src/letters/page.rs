//! A letter as a page of its own, to be printed. It fetches nothing and runs nothing.

/// Nothing is fetched or run, whatever the text holds.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

const STYLE: &str = "\
@page { size: A4; margin: 2cm }
body { font: 11pt/1.5 'Liberation Serif', 'Noto Serif', Georgia, serif; color: #111; margin: 0; overflow-wrap: anywhere }
p { margin: 0 0 0.9em; orphans: 3; widows: 3 }
p:last-child { break-inside: avoid }";

/// The page of a letter: a paragraph for each part between empty lines.
pub(crate) fn of_letter(text: &str, language: &str) -> String {
    let mut page = format!(
        "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\
         <title>Letter</title><style>{STYLE}</style></head><body>",
        escaped(language)
    );
    let parts = text
        .split("\n\n")
        .map(str::trim)
        .filter(|part| !part.is_empty());
    for part in parts {
        page.push_str("<p>");
        page.push_str(&escaped(part).replace('\n', "<br>"));
        page.push_str("</p>");
    }
    page.push_str("</body></html>");
    page
}

/// Text as it stands in a page.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        let page = of_letter(
            "Dear <script>alert(1)</script>,\n\nI & \"you\"\nAda",
            "en\" x=\"",
        );
        assert!(!page.contains("<script>"), "{page}");
        assert!(page.contains("<p>Dear &lt;script&gt;"), "{page}");
        assert!(
            page.contains("<p>I &amp; &quot;you&quot;<br>Ada</p>"),
            "{page}"
        );
        assert!(page.contains("lang=\"en&quot; x=&quot;\""), "{page}");
    }
}
