//! The large board: one that was recorded, or one made up in the same shape and
//! of the same size.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::{Value, json};

/// Where the recorded one lies below a folder of recordings.
const RECORDED: &str = "portals/greenhouse/canonical_jobs_content_2023-08-08.json";
/// Postings of the generated one, and sentences of each: 1.8 MB in all.
const POSTINGS: u64 = 191;
const SENTENCES: u64 = 58;

const WORDS: [&str; 24] = [
    "harbour",
    "ledger",
    "careful",
    "weekly",
    "systems",
    "colleagues",
    "improve",
    "describe",
    "against",
    "northern",
    "pipeline",
    "together",
    "design",
    "quietly",
    "customers",
    "measure",
    "open",
    "release",
    "support",
    "between",
    "several",
    "teams",
    "review",
    "deploy",
];

/// A board as its portal answers.
pub(super) struct Board {
    pub(super) file: PathBuf,
    pub(super) bytes: usize,
    pub(super) is_recorded: bool,
    /// Its name in the portal's addresses.
    pub(super) token: &'static str,
}

impl Board {
    /// The recorded board of `data`, or without it a generated one, in `folder`.
    pub(super) fn new(data: Option<&Path>, folder: &Path) -> Result<Self> {
        let (file, token) = match data {
            Some(data) => (data.join(RECORDED), "canonical"),
            None => {
                let file = folder.join("board.json");
                fs::write(&file, as_answered(&generated()))?;
                (file, "hafenwerk")
            }
        };
        let size = fs::metadata(&file).with_context(|| format!("no {}", file.display()))?;
        Ok(Self {
            file,
            bytes: usize::try_from(size.len())?,
            is_recorded: data.is_some(),
            token,
        })
    }

    /// The address a person would open.
    pub(super) fn url(&self) -> String {
        format!("https://boards.greenhouse.io/{}", self.token)
    }
}

fn generated() -> Value {
    let mut words = Words(1);
    let jobs: Vec<Value> = (0..POSTINGS).map(|index| job(index, &mut words)).collect();
    json!({ "jobs": jobs, "meta": { "total": POSTINGS } })
}

/// The answer's text. The portal writes each `&` as an escape of six bytes.
fn as_answered(board: &Value) -> String {
    board.to_string().replace('&', "\\u0026")
}

fn job(index: u64, words: &mut Words) -> Value {
    let id = 4_000_000 + index;
    json!({
        "absolute_url": format!("https://boards.greenhouse.io/hafenwerk/jobs/{id}"),
        "data_compliance": [{ "type": "gdpr", "requires_consent": false, "retention_period": null }],
        "education": "education_optional",
        "internal_job_id": 900_000 + index,
        "location": { "name": "Home based - Americas, EMEA" },
        "metadata": [
            { "id": 1, "name": "Leads people?", "value": false, "value_type": "yes_no" },
            { "id": 2, "name": "Employment Length", "value": "Full-time", "value_type": "single_select" },
            { "id": 3, "name": "Strengths", "value": ["Planner", "Mender", "Listener"], "value_type": "multi_select" },
            { "id": 4, "name": "In one line", "value": words.sentence(), "value_type": "long_text" },
            { "id": 5, "name": "Site", "value": [], "value_type": "multi_select" },
            { "id": 6, "name": "Experience Level", "value": "Entry level", "value_type": "single_select" },
        ],
        "id": id,
        "updated_at": "2026-08-07T07:47:04-04:00",
        "requisition_id": index.to_string(),
        "title": format!("{} engineer", words.word()),
        "content": content(words),
        "departments": [{ "id": 7, "name": "Operations ", "child_ids": [], "parent_id": null }],
        "offices": [
            { "id": 8, "name": "Home Based - Americas", "location": null, "child_ids": [], "parent_id": 9 },
            { "id": 10, "name": "Home Based - EMEA", "location": null, "child_ids": [], "parent_id": 9 },
        ],
    })
}

/// A description: HTML, escaped once more, as the portal does.
fn content(words: &mut Words) -> String {
    let mut html = "<p><strong>What you will do</strong></p>\n".to_owned();
    for at in 0..SENTENCES {
        let sentence = words.sentence();
        html += &match at % 4 {
            0 => format!("<p>{sentence}&nbsp;&amp; more.</p>\n"),
            1 => format!("<ul>\n<li>{sentence}</li>\n"),
            2 => format!("<li><em>{sentence}</em></li>\n</ul>\n"),
            _ => format!("<p><a href=\"https://hafenwerk.example/\">{sentence}</a></p>\n"),
        };
    }
    html.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// A fixed sequence of words: SplitMix64, so that every run is the same.
struct Words(u64);

impl Words {
    fn word(&mut self) -> &'static str {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let index = (mixed ^ (mixed >> 31)) % WORDS.len() as u64;
        WORDS.get(index as usize).copied().unwrap_or_default()
    }

    fn sentence(&mut self) -> String {
        let words: Vec<&str> = (0..6).map(|_| self.word()).collect();
        words.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generated_board_is_as_large_as_the_recorded_one() {
        let board = generated();
        let bytes = as_answered(&board).len();
        assert!((1_750_000..1_900_000).contains(&bytes), "{bytes} bytes");
        assert_eq!(board["jobs"].as_array().map(Vec::len), Some(191));
        let text = board["jobs"][0]["content"].as_str().unwrap_or_default();
        assert!(
            text.contains("&lt;p&gt;") && text.contains("&amp;nbsp;"),
            "{text}"
        );
    }
}
