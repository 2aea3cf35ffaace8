//! The screens of feedback and rules.

use agent_api::v1::{JobRow, ListFeedbackResponse, ListRulesResponse, Rule, SayResponse};

use crate::moment::Clock;
use crate::screen::{BAD, BOLD, DIM, GOOD, Screen, Span, WARN};
use crate::text::count;

fn name_of(job: &JobRow) -> [Span; 2] {
    [
        Span::new(&job.title, BOLD),
        format!(" at {}", job.company).into(),
    ]
}

pub(super) fn said(word: &str, answer: &SayResponse, screen: &mut Screen) {
    let job = answer.job.clone().unwrap_or_default();
    let (done, back) = match word {
        "like" => ("You like ", "unlike"),
        "hide" => ("Hidden: ", "unhide"),
        "unlike" => ("You like no longer ", "like"),
        _ => ("Shown again: ", "hide"),
    };
    let [title, company] = name_of(&job);
    if !answer.changed {
        screen.line(["Nothing changed: ".into(), title, company]);
        return;
    }
    screen.line([done.into(), title, company]);
    screen.line([match answer.moved {
        0 => "No opening stands elsewhere for it.".into(),
        1 => "1 opening stands elsewhere in the list.".into(),
        moved => format!("{moved} openings stand elsewhere in the list.").into(),
    }]);
    match answer.proposed {
        0 => screen.next(&format!(
            "agentctl {back} {}   (takes it back)",
            job.short_id
        )),
        proposed => {
            screen.line([format!("{} proposed to you.", are(proposed)).into()]);
            screen.next("agentctl rules list");
        }
    }
}

fn are(rules: u32) -> String {
    match rules {
        1 => "1 rule is".to_owned(),
        rules => format!("{rules} rules are"),
    }
}

pub(super) fn list(list: &ListFeedbackResponse, screen: &mut Screen, clock: &Clock) {
    if list.entries.is_empty() {
        screen.line(["You said of no opening yet that you like or hide it.".into()]);
        screen.next("agentctl like 1");
        return;
    }
    for (entry, row) in list.entries.iter().zip(1..) {
        let job = entry.job.clone().unwrap_or_default();
        let said = match entry.said.as_str() {
            "like" => Span::new("liked   ", GOOD),
            _ => Span::new("hidden  ", BAD),
        };
        let [title, company] = name_of(&job);
        screen.line([
            format!("{row:>3}  ").into(),
            said,
            title,
            company,
            Span::new(format!("  {}", clock.time(entry.at.as_ref())), DIM),
            Span::new(format!("  {}", job.short_id), DIM),
        ]);
        if !entry.reason.is_empty() {
            screen.paragraph(13, &format!("“{}”", entry.reason));
        }
    }
    screen.blank();
    let shown = list.entries.len() as u64;
    screen.line([match shown == u64::from(list.total) {
        true => format!("{}.", count(shown, "opening")).into(),
        false => format!("{shown} of {}.", count(list.total, "opening")).into(),
    }]);
    screen.next("agentctl rules list");
}

pub(super) fn rules(list: &ListRulesResponse, screen: &mut Screen, clock: &Clock) {
    if list.rules.is_empty() {
        screen.line([
            "No rule is proposed. One is when five openings you hid have something in common."
                .into(),
        ]);
        return;
    }
    let mut next = None;
    for rule in &list.rules {
        let state = match rule.state.as_str() {
            "proposed" => Span::new("proposed", WARN),
            "holds" => Span::new("holds   ", GOOD),
            _ => Span::new("undone  ", DIM),
        };
        screen.line([
            format!("{:>5}  ", rule.id).into(),
            state,
            "  ".into(),
            Span::new(&rule.words, BOLD),
        ]);
        match rule.state.as_str() {
            "proposed" => {
                next.get_or_insert_with(|| format!("agentctl rules accept {}", rule.id));
                draw_proposed(rule, screen);
            }
            "holds" => {
                let since = clock.time(rule.accepted_at.as_ref());
                screen.paragraph(
                    17,
                    &match rule.hides {
                        0 => format!("accepted {since}"),
                        hides => format!("accepted {since}; hides {}", count(hides, "opening")),
                    },
                );
            }
            _ => {
                let at = clock.time(rule.undone_at.as_ref());
                screen.paragraph(17, &format!("taken back {at}"));
            }
        }
    }
    if let Some(next) = next {
        screen.next(&next);
    }
}

fn draw_proposed(rule: &Rule, screen: &mut Screen) {
    let rests = format!("rests on {}:", count(rule.evidence, "opening"));
    screen.paragraph(17, &format!("{rests} {}", rule.because.join("; ")));
    let listed = count(rule.listed, "opening");
    let would = match (rule.hides, rule.moves) {
        (0, 0) => "would change nothing now".to_owned(),
        (0, moves) => format!("would move {moves} of {listed}"),
        (hides, 0) => format!("would hide {hides} of {listed}"),
        (hides, moves) => format!("would hide {hides} and move {moves} of {listed}"),
    };
    let examples: Vec<String> = rule
        .examples
        .iter()
        .map(|job| format!("{} at {}", job.title, job.company))
        .collect();
    let such_as = match examples.is_empty() {
        true => String::new(),
        false => format!(", such as {}", examples.join("; ")),
    };
    screen.paragraph(17, &format!("{would}{such_as}"));
}

pub(super) fn accepted(rule: &Rule, screen: &mut Screen) {
    screen.line(["Holds from now on: ".into(), Span::new(&rule.words, BOLD)]);
    if rule.hides > 0 {
        screen.line([format!("It hides {}.", count(rule.hides, "opening")).into()]);
    }
    screen.next(&format!(
        "agentctl rules undo {}   (takes it back)",
        rule.id
    ));
}

pub(super) fn undone(rule: &Rule, screen: &mut Screen) {
    screen.line(["Taken back: ".into(), Span::new(&rule.words, BOLD)]);
    screen.next("agentctl jobs list");
}

#[cfg(test)]
mod tests {
    use agent_api::v1::FeedbackEntry;

    use super::*;
    use crate::command::jobs::draw::tests::row;
    use crate::command::testing::{at, drawn};

    #[test]
    fn what_was_said_is_told_with_what_it_moved() {
        let mut screens = String::new();
        for (word, changed, moved, proposed) in [
            ("like", true, 14, 0),
            ("hide", true, 1, 1),
            ("unhide", true, 0, 0),
            ("unlike", false, 0, 0),
        ] {
            let answer = SayResponse {
                job: Some(row()),
                changed,
                moved,
                proposed,
            };
            screens.push_str(&drawn(&answer, |answer, screen, _| {
                said(word, answer, screen);
            }));
            screens.push('\n');
        }
        insta::assert_snapshot!(screens);
    }

    #[test]
    fn likes_and_hides_are_listed_with_their_reasons() {
        let all = ListFeedbackResponse {
            entries: vec![
                FeedbackEntry {
                    job: Some(row()),
                    said: "hide".to_owned(),
                    reason: "an agency\u{1b}[2J".to_owned(),
                    at: at("2026-03-01T09:00:00Z"),
                },
                FeedbackEntry {
                    job: Some(row()),
                    said: "like".to_owned(),
                    ..FeedbackEntry::default()
                },
            ],
            total: 7,
        };
        insta::assert_snapshot!(drawn(&all, list));
        let none = drawn(&ListFeedbackResponse::default(), list);
        assert!(none.starts_with("You said of no opening yet"), "{none}");
    }

    #[test]
    fn a_proposed_rule_shows_what_it_rests_on_and_what_it_would_change() {
        let all = ListRulesResponse {
            rules: vec![
                Rule {
                    id: "p3fa2".to_owned(),
                    words: "hide openings posted by agencies".to_owned(),
                    state: "proposed".to_owned(),
                    evidence: 5,
                    because: vec!["Baker at One".to_owned(), "Welder at Two".to_owned()],
                    hides: 12,
                    listed: 180,
                    examples: vec![row()],
                    ..Rule::default()
                },
                Rule {
                    id: "1".to_owned(),
                    words: "prefer remote openings".to_owned(),
                    state: "holds".to_owned(),
                    accepted_at: at("2026-03-01T09:00:00Z"),
                    ..Rule::default()
                },
                Rule {
                    id: "2".to_owned(),
                    words: "hide openings of Acme".to_owned(),
                    state: "undone".to_owned(),
                    undone_at: at("2026-03-01T09:00:00Z"),
                    ..Rule::default()
                },
            ],
        };
        insta::assert_snapshot!(drawn(&all, rules));
        let none = drawn(&ListRulesResponse::default(), rules);
        assert!(none.starts_with("No rule is proposed."), "{none}");
    }
}
