//! What must be true of what was shown. Pure: from answers to complaints.

use serde::Deserialize;

use super::practice::{Counts, Posting};

/// What `agentctl --json status` is read for.
#[derive(Debug, Deserialize)]
pub(crate) struct Status {
    pub(crate) sources: usize,
    pub(crate) plugins: usize,
    pub(crate) jobs_open: usize,
    pub(crate) jobs_ranked: usize,
}

/// A row of `agentctl --json jobs list`.
#[derive(Debug, Deserialize)]
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) url: String,
    pub(crate) company: String,
    pub(crate) score: Option<f64>,
}

/// `agentctl --json explain`.
#[derive(Debug, Deserialize)]
pub(crate) struct Explanation {
    pub(crate) source_url: String,
    pub(crate) checks: Vec<Check>,
    pub(crate) parts: Vec<Part>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Check {
    pub(crate) constraint: String,
    pub(crate) outcome: String,
    pub(crate) reason: Option<Reason>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Part {
    pub(crate) part: String,
    pub(crate) value: Option<f64>,
    pub(crate) reasons: Vec<Reason>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Reason {
    pub(crate) text: String,
    pub(crate) evidence: Vec<Evidence>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Evidence {
    pub(crate) quote: String,
}

/// One event of `agentctl --json watch`.
#[derive(Debug, Deserialize)]
pub(crate) struct Event {
    pub(crate) id: i64,
    pub(crate) kind: String,
    #[serde(default)]
    pub(crate) detail: serde_json::Value,
}

/// What events say happened to jobs.
pub(crate) fn counted(events: &[Event], listed: usize) -> Counts {
    let count = |kind: &str| events.iter().filter(|event| event.kind == kind).count();
    Counts {
        listed,
        new: count("job.new"),
        changed: count("job.changed"),
        restated: count("job.restated"),
        closed: count("job.closed"),
        reopened: count("job.reopened"),
    }
}

/// How many postings stay open on the word of alarms, though their boards no
/// longer list them: a board that reads quite unlike before closes nothing until
/// the next sync (docs/sources.md).
pub(crate) fn held(events: &[Event]) -> usize {
    let alarms = events.iter().filter(|event| event.kind == "source.alarm");
    let held = alarms.filter_map(|event| event.detail.get("held")?.as_u64());
    held.filter_map(|held| usize::try_from(held).ok()).sum()
}

/// The counts as they would be if each sync closed what it no longer finds;
/// `held` are the postings held open after the round and `before` it.
pub(crate) fn as_listed(found: Counts, held: usize, before: usize) -> Counts {
    Counts {
        listed: found.listed.saturating_sub(held),
        closed: (found.closed + held).saturating_sub(before),
        ..found
    }
}

/// Complaints about a round whose counts are not what the boards held.
pub(crate) fn round(number: usize, found: Counts, expected: Counts) -> Vec<String> {
    let pairs = [
        ("open", found.listed, expected.listed),
        ("new", found.new, expected.new),
        ("changed", found.changed, expected.changed),
        ("restated", found.restated, expected.restated),
        ("closed", found.closed, expected.closed),
        ("reopened", found.reopened, expected.reopened),
    ];
    let wrong = pairs
        .iter()
        .filter(|(_, found, expected)| found != expected);
    wrong
        .map(|(what, found, expected)| {
            format!("round {number}: {found} {what}, and the boards held {expected}")
        })
        .collect()
}

/// Complaints about reasons that name no sentence and no number.
pub(crate) fn evidence(title: &str, explanation: &Explanation) -> Vec<String> {
    let bare = |reason: &Reason| {
        let quotes = &reason.evidence;
        quotes.is_empty()
            || quotes
                .iter()
                .any(|evidence| evidence.quote.trim().is_empty())
    };
    let mut found = Vec::new();
    for part in &explanation.parts {
        if part.value.is_some() && part.reasons.is_empty() {
            found.push(format!(
                "{title}: the part {} is scored without a reason",
                part.part
            ));
        }
        for reason in part.reasons.iter().filter(|reason| bare(reason)) {
            found.push(format!(
                "{title}: no evidence for \"{}\" ({})",
                reason.text, part.part
            ));
        }
    }
    for check in &explanation.checks {
        // What a posting does not ask for stands in no sentence of it.
        let absent = |reason: &Reason| check.outcome == "pass" && reason.text.contains(" no ");
        if check
            .reason
            .as_ref()
            .is_none_or(|reason| bare(reason) && !absent(reason))
        {
            found.push(format!(
                "{title}: the check of {} rests on nothing",
                check.constraint
            ));
        }
    }
    found
}

/// How many of the first rows must be of the CV's own profession.
const ON_TOP: usize = 5;

/// Complaints about a ranking whose top is not of the CV's own profession.
pub(crate) fn profession(top: &[(Row, Explanation)], corpus: &[Posting], own: &str) -> Vec<String> {
    if top.len() < ON_TOP {
        return vec![format!("only {} jobs are ranked", top.len())];
    }
    let mut found = Vec::new();
    for (place, (row, explanation)) in (1..).zip(top.iter().take(ON_TOP)) {
        // By its id, since a title may have changed between rounds; by the board's key, since
        // a portal may have two addresses of one board.
        let same = |posting: &&Posting| {
            key(&posting.board) == key(&explanation.source_url) && row.url.contains(&posting.id)
        };
        match corpus.iter().find(same) {
            Some(posting) if posting.profession == own => {}
            Some(posting) => found.push(format!(
                "place {place} is \"{}\" of {}, and not of {own}",
                row.title, posting.profession
            )),
            None => found.push(format!(
                "place {place}, \"{}\", is not in the corpus",
                row.title
            )),
        }
    }
    found
}

/// Complaints about rows that are not in the order of their scores, or have none.
pub(crate) fn order(top: &[(Row, Explanation)]) -> Vec<String> {
    let scores: Vec<_> = top
        .iter()
        .map(|(row, _)| row.score.unwrap_or_default())
        .collect();
    let mut found = Vec::new();
    if scores.first().is_none_or(|first| *first <= 0.0) {
        found.push("the first job has no score".to_owned());
    }
    if !scores.is_sorted_by(|before, after| before >= after) {
        found.push(format!(
            "the list is not in the order of its scores: {scores:?}"
        ));
    }
    found
}

/// The portal's own name of a board: the last part of its address.
pub(crate) fn key(url: &str) -> String {
    url.trim_end_matches('/')
        .rsplit('/')
        .next()
        .unwrap_or_default()
        .to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_counted_by_kind() {
        let events = ["job.new", "job.new", "job.closed", "sync.done"].map(|kind| Event {
            id: 1,
            kind: kind.to_owned(),
            detail: serde_json::Value::Null,
        });
        let counts = counted(&events, 7);
        assert_eq!(
            (counts.listed, counts.new, counts.closed, counts.changed),
            (7, 2, 1, 0)
        );
    }

    #[test]
    fn what_an_alarm_holds_open_is_counted_where_its_board_stopped_listing_it() {
        let alarm = Event {
            id: 1,
            kind: "source.alarm".to_owned(),
            detail: serde_json::json!({"alarms": ["0 where there were 65"], "held": 65}),
        };
        assert_eq!(held(&[alarm]), 65);
        let counts = |listed, closed| Counts {
            listed,
            closed,
            ..Counts::default()
        };
        assert_eq!(as_listed(counts(246, 0), 65, 0), counts(181, 65));
        assert_eq!(as_listed(counts(197, 81), 0, 65), counts(197, 16));
        assert_eq!(as_listed(counts(163, 16), 0, 0), counts(163, 16));
    }

    #[test]
    fn a_count_that_differs_is_named() {
        let expected = Counts {
            listed: 3,
            closed: 1,
            ..Counts::default()
        };
        assert!(round(2, expected, expected).is_empty());
        let found = round(
            2,
            Counts {
                closed: 2,
                ..expected
            },
            expected,
        );
        assert_eq!(found, ["round 2: 2 closed, and the boards held 1"]);
    }

    #[test]
    fn a_reason_must_quote_something() {
        let explanation = |quote: &str| -> Explanation {
            serde_json::from_value(serde_json::json!({
                "source_url": "https://jobs.lever.co/a",
                "checks": [],
                "parts": [{"part": "skills", "value": 50.0,
                    "reasons": [{"text": "asks for Rust", "evidence": [{"quote": quote}]}]}],
            }))
            .unwrap()
        };
        assert!(evidence("a", &explanation("Rust")).is_empty());
        assert_eq!(evidence("a", &explanation(" ")).len(), 1);
    }

    #[test]
    fn a_stranger_on_top_is_named() {
        let row = |title: &str| {
            let row = Row {
                id: "1".into(),
                url: format!("https://a.example/jobs/{title}"),
                title: title.into(),
                company: "A".into(),
                score: Some(1.0),
            };
            let explanation = Explanation {
                source_url: "u".into(),
                checks: Vec::new(),
                parts: Vec::new(),
            };
            (row, explanation)
        };
        let posting = |title: &str, profession: &str| Posting {
            board: "u".into(),
            id: title.into(),
            profession: profession.into(),
        };
        let corpus = [posting("Engineer", "software"), posting("Nurse", "care")];
        let good: Vec<_> = (0..ON_TOP).map(|_| row("Engineer")).collect();
        assert!(profession(&good, &corpus, "software").is_empty());
        let mut bad = good;
        assert!(order(&bad).is_empty());
        bad[1].0.score = Some(2.0);
        assert_eq!(order(&bad).len(), 1);
        bad[0] = row("Nurse");
        bad[1] = row("Unheard");
        assert_eq!(profession(&bad, &corpus, "software").len(), 2);
    }
}
