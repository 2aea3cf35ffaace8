use super::*;
use crate::report::{
    About, Demand, HeldSkill, LearningPath, MissingSkill, Pair, Posting, ProjectHint, Report,
    SkillGap, Step, catalogue::Resource,
};

const HOSTILE: &str = "</title><script>alert(1)</script>\u{1b}[31m|x|`x`\n# <img src=x onerror=y> \" onload='a' & ![a](b)";

fn posting(words: &str) -> Posting {
    Posting {
        job: "0123456789abcdef0123456789abcdef".to_owned(),
        title: words.to_owned(),
        employer: words.to_owned(),
        url: "https://jobs.example/1".to_owned(),
        words: words.to_owned(),
        score: 68.2,
        score_with: Some(77.1),
    }
}

fn about(words: Option<&str>) -> About {
    About {
        made: "2026-11-22T05:00:00Z".parse().unwrap(),
        line: 75.0,
        filter: words.map(str::to_owned),
        open: 412,
        near: 96,
        failing: 210,
        reached: 18,
        practice: words.is_none(),
    }
}

fn demand(jobs: u32) -> Demand {
    Demand {
        share: f64::from(jobs) / 96.0,
        jobs,
        required: jobs / 2,
        named: jobs - jobs / 2,
        optional: 0,
    }
}

fn gap(words: Option<&str>) -> Report {
    let name = |plain: &str| words.unwrap_or(plain).to_owned();
    Report::SkillGap(SkillGap {
        about: about(words),
        missing: vec![
            MissingSkill {
                skill: name("Kubernetes"),
                category: "software".to_owned(),
                demand: demand(41),
                near: Some(name("Docker")),
                unlocks: 12,
                learning_since: Some("2026-11-01".parse().unwrap()),
                hours: Some(Hours {
                    least: 60,
                    most: 120,
                }),
                postings: vec![posting(words.unwrap_or("You run Kubernetes"))],
            },
            MissingSkill {
                skill: name("Terraform"),
                category: "software".to_owned(),
                demand: demand(22),
                near: None,
                unlocks: 0,
                learning_since: None,
                hours: None,
                postings: Vec::new(),
            },
        ],
        more_missing: 7,
        held: vec![HeldSkill {
            skill: name("Rust"),
            demand: demand(52),
        }],
        pairs: vec![Pair {
            skills: [name("Kubernetes"), name("Terraform")],
            unlocks: 15,
            alone: [12, 0],
        }],
    })
}

fn path(words: Option<&str>) -> Report {
    let name = |plain: &str| words.unwrap_or(plain).to_owned();
    Report::LearningPath(LearningPath {
        about: about(words),
        steps: vec![
            Step {
                skill: name("Networking"),
                for_skill: Some(name("Kubernetes")),
                after: Vec::new(),
                hours: Some(Hours {
                    least: 30,
                    most: 60,
                }),
                resources: vec![Resource {
                    name: name("A guide"),
                    url: "https://guide.example/".to_owned(),
                    covers: name("from the start"),
                }],
                can: vec![name("find where it fails")],
                reached: 18,
                learning_since: None,
                postings: Vec::new(),
                written_by: Some("catalogue".to_owned()),
            },
            Step {
                skill: name("Zephyrine"),
                for_skill: None,
                after: vec![name("Networking")],
                hours: None,
                resources: Vec::new(),
                can: Vec::new(),
                reached: 30,
                learning_since: None,
                postings: vec![posting(words.unwrap_or("Zephyrine is wanted"))],
                written_by: None,
            },
        ],
        projects: vec![ProjectHint {
            name: name("A small service"),
            shows: vec![name("Networking")],
            with: Vec::new(),
            hours: Hours {
                least: 20,
                most: 40,
            },
            result: vec![name("it runs")],
        }],
    })
}

#[test]
fn a_gap_and_a_path_are_set_as_markdown() {
    insta::assert_snapshot!("gap_markdown", markdown(&gap(None)));
    insta::assert_snapshot!("path_markdown", markdown(&path(None)));
}

#[test]
fn a_gap_and_a_path_are_set_as_html() {
    // Without the style, which is looked at and not read.
    let bare = |report: &Report| {
        let html = html(report);
        let (head, rest) = html.split_once("<style>").unwrap();
        let (_, body) = rest.split_once("</style>").unwrap();
        format!("{head}{body}")
    };
    insta::assert_snapshot!("gap_html", bare(&gap(None)));
    insta::assert_snapshot!("path_html", bare(&path(None)));
}

#[test]
fn p6_whatever_a_posting_says_is_nothing_but_text() {
    for report in [gap(Some(HOSTILE)), path(Some(HOSTILE))] {
        let html = html(&report);
        for wrong in ["<script", "<img", "onload='a'", "\u{1b}"] {
            assert!(!html.contains(wrong), "{wrong}: {html}");
        }
        assert!(
            html.contains("&lt;script&gt;alert(1)"),
            "the words are there"
        );
        // A backslash makes the sign after it one of the text.
        let set = markdown(&report).replace("\\<", "").replace("\\!", "");
        for wrong in ["\n# <img", "<script", "\u{1b}", " ![a]", " `x`"] {
            assert!(!set.contains(wrong), "{wrong}: {set}");
        }
        // A row keeps its columns.
        for row in set.lines().filter(|line| line.starts_with("| ")) {
            let bars = row.replace("\\|", "").matches('|').count();
            assert!(matches!(bars, 4 | 7), "{row}");
        }
    }
}

#[test]
fn a_page_loads_nothing_and_runs_nothing() {
    for report in [gap(None), path(None)] {
        let html = html(&report);
        for wrong in [
            " src=",
            "url(",
            "@import",
            "<link",
            "<script",
            "<iframe",
            "javascript:",
        ] {
            assert!(!html.contains(wrong), "{wrong}");
        }
        assert!(html.contains("default-src 'none'"));
    }
    let mut report = gap(None);
    if let Report::SkillGap(gap) = &mut report {
        gap.missing[0].postings[0].url = "javascript:alert(1)".to_owned();
    }
    assert!(!html(&report).contains("javascript:"));
    assert!(html(&gap(None)).contains("href=\"https://jobs.example/1\""));
}
