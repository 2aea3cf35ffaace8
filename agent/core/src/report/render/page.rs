//! The frame of the HTML file: its head, its style, and the words that go into it.

use std::fmt::{self, Display, Write as _};

use super::METHOD;
use crate::{
    report::{About, Posting},
    text,
};

/// Nothing may be loaded, and nothing may run.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// Words as they stand in HTML, in text and within quotes alike.
pub(super) struct Text<'a>(pub(super) &'a str);

impl Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in text::line(self.0).chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

/// A link, where the address is one of the web; else the words alone.
pub(super) fn link(url: &str, words: &str) -> String {
    let is_web = url::Url::parse(url)
        .is_ok_and(|url| matches!(url.scheme(), "https" | "http") && url.has_host());
    if is_web {
        format!(
            "<a href=\"{}\" rel=\"noopener noreferrer\">{}</a>",
            Text(url),
            Text(words)
        )
    } else {
        Text(words).to_string()
    }
}

/// The whole file around `body`.
pub(super) fn page(title: &str, sentence: &str, about: &About, body: &str) -> String {
    let practice = if about.practice {
        "<p class=\"practice\">PRACTICE: nothing here is real</p>\n"
    } else {
        ""
    };
    let filter = about.filter.as_ref().map_or_else(String::new, |filter| {
        format!(
            "<p class=\"made\">Only jobs with: <code>{}</code></p>\n",
            Text(filter)
        )
    });
    let mut method = String::new();
    for line in METHOD {
        let _ = writeln!(method, "<li>{}</li>", Text(line));
    }
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n\
         <header>\n{practice}<h1>{title}</h1>\n<p class=\"lead\">{sentence}</p>\n\
         {filter}<dl class=\"cards\">\n{cards}</dl>\n</header>\n{body}\
         <section class=\"method\">\n<h2>How it was counted</h2>\n<ul>\n{method}</ul>\n\
         <p class=\"made\">Made on {made} from postings kept on this machine. Opening this file asks nothing of any server.</p>\n\
         </section>\n</main>\n</body>\n</html>\n",
        title = Text(title),
        sentence = Text(sentence),
        cards = cards(about),
        made = about.made.strftime("%Y-%m-%d %H:%M UTC"),
    )
}

fn cards(about: &About) -> String {
    let line = format!("at a score of {} or more", about.line);
    let cards = [
        (about.open, "open jobs"),
        (about.near, "near your work"),
        (about.failing, "outside your limits"),
        (about.reached, line.as_str()),
    ];
    let mut out = String::new();
    for (count, what) in cards {
        let _ = writeln!(out, "<div><dt>{}</dt><dd>{count}</dd></div>", Text(what));
    }
    out
}

/// The postings that a line rests on.
pub(super) fn postings(postings: &[Posting]) -> String {
    let mut out = String::from("<ul class=\"postings\">\n");
    for posting in postings {
        let short: String = posting.job.chars().take(8).collect();
        let score = match posting.score_with {
            Some(with) => format!("{:.1} → <b>{with:.1}</b>", posting.score),
            None => format!("{:.1}", posting.score),
        };
        let _ = writeln!(
            out,
            "<li><span class=\"score\">{score}</span> {title}, {employer} <code>{short}</code>\
             <q>{words}</q></li>",
            title = link(&posting.url, &posting.title),
            employer = Text(&posting.employer),
            short = Text(&short),
            words = Text(&posting.words)
        );
    }
    out.push_str("</ul>\n");
    out
}

const STYLE: &str = "\
:root{--paper:#fbfaf7;--card:#fff;--ink:#1f2328;--soft:#5f6670;--line:#dedbd2;--accent:#0f6b5c;--mute:#b9c4c0;--warn:#8a4b00}
@media (prefers-color-scheme:dark){:root{--paper:#15181b;--card:#1d2125;--ink:#e8e6e1;--soft:#a3a9b1;--line:#343a41;--accent:#4cc2a9;--mute:#46545a;--warn:#e2a657}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,\"Segoe UI\",Roboto,\"Noto Sans\",\"DejaVu Sans\",sans-serif}
main{max-width:56rem;margin:0 auto;padding:2.5rem 1.25rem 4rem}
h1{font-size:2rem;line-height:1.2;margin:0 0 .5rem}
h2{font-size:1.25rem;margin:2.75rem 0 .5rem}
h3{font-size:1.05rem;margin:1.75rem 0 .25rem}
p{margin:.5rem 0}
.lead{font-size:1.15rem;max-width:44rem}
.made,.hint{color:var(--soft);font-size:.9rem}
.practice{display:inline-block;margin:0 0 1rem;padding:.15rem .6rem;border:1px solid var(--warn);border-radius:.3rem;color:var(--warn);font-weight:600;font-size:.85rem}
.cards{display:grid;grid-template-columns:repeat(4,1fr);gap:.75rem;margin:1.5rem 0 0}
.cards div{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:.75rem .9rem;display:flex;flex-direction:column-reverse;justify-content:flex-end}
.cards dt{color:var(--soft);font-size:.85rem;line-height:1.3}
.cards dd{margin:0;font-size:1.7rem;font-weight:650;line-height:1.2;font-variant-numeric:tabular-nums}
figure{margin:1rem 0;background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:1rem}
figcaption{color:var(--soft);font-size:.85rem;margin-top:.5rem}
svg{display:block;width:100%;height:auto;font:13px system-ui,-apple-system,\"Segoe UI\",Roboto,\"Noto Sans\",\"DejaVu Sans\",sans-serif}
svg text{fill:var(--ink)}
svg .soft{fill:var(--soft)}
svg .a{fill:var(--accent)}
svg .m{fill:var(--mute)}
svg .axis{stroke:var(--line);stroke-width:1}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.92rem}
th,td{text-align:left;padding:.45rem .6rem;border-bottom:1px solid var(--line);vertical-align:top}
th{color:var(--soft);font-weight:600;font-size:.82rem}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
td small{display:block;color:var(--soft)}
a{color:var(--accent);text-underline-offset:.15em}
code{font:.85em ui-monospace,\"DejaVu Sans Mono\",monospace;color:var(--soft)}
.postings{list-style:none;margin:.4rem 0 0;padding:0;font-size:.92rem}
.postings li{padding:.4rem 0;border-top:1px solid var(--line);overflow-wrap:anywhere}
.postings q{display:block;color:var(--soft)}
.score{display:inline-block;min-width:6.2rem;font-variant-numeric:tabular-nums}
.step{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:1rem 1.1rem;margin:1rem 0}
.step h3{margin:0;font-size:1.1rem}
.step .facts{color:var(--soft);font-size:.9rem;margin:.15rem 0 .5rem}
.step ul{margin:.4rem 0;padding-left:1.1rem}
.step .postings{padding-left:0}
.method li{margin:.3rem 0}
.method{color:var(--soft);font-size:.92rem}
.method h2{color:var(--ink)}
@media (max-width:40rem){.cards{grid-template-columns:repeat(2,1fr)}main{padding-top:1.5rem}}
@media print{:root{--paper:#fff;--card:#fff;--ink:#000;--soft:#444;--line:#bbb;--accent:#0b5a4d;--mute:#c8cfcc;--warn:#6b3a00}body{font-size:10.5pt}main{max-width:none;padding:0}figure,.step,.cards div,tr,.postings li{break-inside:avoid}h2,h3{break-after:avoid}a{color:inherit}svg{print-color-adjust:exact;-webkit-print-color-adjust:exact}@page{margin:16mm}}
";
