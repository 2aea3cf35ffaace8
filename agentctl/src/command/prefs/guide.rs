//! `agentctl prefs set` on a terminal: one question after another.
//!
//! Each answer is checked by the daemon as it is given; all are kept together after
//! the last. Whoever stops before has changed nothing.

use agent_api::v1::{
    GetPreferencesRequest, Preference, PreferenceChange, Preferences, SetPreferencesRequest,
};
use tonic::Code;

use crate::error::Failure;
use crate::moment::Clock;
use crate::output::{Format, Output, is_conversation};
use crate::screen::{BOLD, DIM, Screen, Span, WARN};
use crate::session::Session;
use crate::text;

/// Refuses to ask where nobody could answer.
pub(super) fn refuse_without_terminal(output: &Output) -> Result<(), Failure> {
    if output.format == Format::Text && is_conversation() {
        return Ok(());
    }
    Err(
        Failure::refused("questions are asked on a terminal, and this is none")
            .reason("no-terminal")
            .hint(
                "set one by one: agentctl prefs set KEY VALUE…   (the keys: agentctl prefs show)",
            ),
    )
}

/// Asks for every preference, and keeps what was changed.
pub(super) async fn run(session: &Session, output: &mut Output) -> Result<(), Failure> {
    let mut profile = session.profile();
    let before = profile
        .get_preferences(GetPreferencesRequest {})
        .await?
        .into_inner();
    let mut screen = output.screen();
    screen.line([
        Span::new("Enter", BOLD),
        " keeps what is there, ".into(),
        Span::new("-", BOLD),
        " clears it, commas part several. ".into(),
        Span::new("Ctrl-C", BOLD),
        " leaves everything as it was.".into(),
    ]);
    output.print(screen)?;
    let mut now = before.clone();
    let mut changes: Vec<PreferenceChange> = Vec::new();
    let all = before.entries.len();
    for (number, asked) in (1..).zip(&before.entries) {
        let mut question = output.screen();
        draw_question(asked, &format!("{number} of {all}"), &mut question);
        loop {
            let screen = std::mem::replace(&mut question, output.screen());
            let Some(typed) = output.ask(screen, "  > ")? else {
                let mut screen = output.screen();
                screen.blank();
                screen.line(["Nothing was changed.".into()]);
                return output.print(screen);
            };
            let Some(values) = answer(&typed, asked.several) else {
                break;
            };
            let mut tried = changes.clone();
            tried.push(PreferenceChange {
                key: asked.key.clone(),
                values,
            });
            let request = SetPreferencesRequest {
                changes: tried.clone(),
                check_only: true,
            };
            match profile.set_preferences(request).await {
                Ok(checked) => {
                    now = checked.into_inner();
                    changes = tried;
                    break;
                }
                Err(wrong) if wrong.code() == Code::InvalidArgument => {
                    question.hanging(["  ".into()], Span::new(wrong.message(), WARN));
                }
                Err(status) => return Err(status.into()),
            }
        }
    }
    let changed = changed(&before, &now);
    if !changed.is_empty() {
        let is_changed =
            |change: &PreferenceChange| changed.iter().any(|one| one.key == change.key);
        changes.retain(is_changed);
        let request = SetPreferencesRequest {
            changes,
            check_only: false,
        };
        profile.set_preferences(request).await?;
    }
    let has_jobs = session.status.jobs_open > 0 && !changed.is_empty();
    output.show(&changed, |changed, screen, clock| {
        draw_changed(changed, screen, clock);
        if has_jobs {
            screen.next("agentctl jobs list   (in its new order)");
        }
    })
}

/// What is to be set; `None` keeps it.
fn answer(typed: &str, several: bool) -> Option<Vec<String>> {
    let typed = typed.trim();
    match typed {
        "" => None,
        "-" => Some(Vec::new()),
        one if !several => Some(vec![one.to_owned()]),
        list => {
            let values = list.split(',').map(str::trim);
            let values = values.filter(|value| !value.is_empty());
            Some(values.map(str::to_owned).collect())
        }
    }
}

/// A preference that is another than before.
#[derive(Debug, PartialEq, serde::Serialize)]
struct Changed {
    key: String,
    before: Vec<String>,
    now: Vec<String>,
}

fn changed(before: &Preferences, now: &Preferences) -> Vec<Changed> {
    let now_of = |key: &str| now.entries.iter().find(|entry| entry.key == key);
    let both = before.entries.iter();
    both.filter_map(|before| {
        let now = now_of(&before.key)?;
        (now.values != before.values).then(|| Changed {
            key: before.key.clone(),
            before: before.values.clone(),
            now: now.values.clone(),
        })
    })
    .collect()
}

fn draw_question(asked: &Preference, place: &str, screen: &mut Screen) {
    screen.blank();
    // A daemon of an older make has no questions of its own.
    let question = match asked.question.as_str() {
        "" => &asked.key,
        question => question,
    };
    screen.line([
        Span::new(question, BOLD),
        Span::new(format!("  {place}"), DIM),
    ]);
    screen.hanging(
        ["  ".into()],
        Span::new(format!("{}: {}", asked.key, asked.help), DIM),
    );
    let now = match asked.values.as_slice() {
        [] => Span::new("nothing", DIM),
        values => Span::new(values.join(", "), BOLD),
    };
    screen.hanging(["  now: ".into()], now);
}

fn draw_changed(changed: &Vec<Changed>, screen: &mut Screen, _: &Clock) {
    screen.blank();
    if changed.is_empty() {
        screen.line(["Nothing was changed.".into()]);
        return;
    }
    let count = text::count(changed.len() as u64, "preference");
    screen.line([Span::new(format!("Changed {count}:"), BOLD)]);
    let shown = |values: &[String]| match values {
        [] => "nothing".to_owned(),
        values => values.join(", "),
    };
    for one in changed {
        screen.hanging(
            [Span::new(format!("  {}: ", one.key), BOLD)],
            format!("{} → {}", shown(&one.before), shown(&one.now)),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::testing::drawn;

    fn preference(key: &str, values: &[&str]) -> Preference {
        Preference {
            key: key.to_owned(),
            values: values.iter().map(|value| (*value).to_owned()).collect(),
            help: "cities or countries, such as Berlin or DE".to_owned(),
            question: "Where would you work on site?".to_owned(),
            several: true,
        }
    }

    #[test]
    fn an_answer_keeps_clears_or_sets() {
        for (typed, several, expected) in [
            ("", true, None),
            ("  ", false, None),
            ("-", true, Some(vec![])),
            (" - ", false, Some(vec![])),
            ("Berlin", true, Some(vec!["Berlin"])),
            ("Berlin, New York,,", true, Some(vec!["Berlin", "New York"])),
            // One value may have a comma in it.
            ("80,000 EUR", false, Some(vec!["80,000 EUR"])),
            ("-5", false, Some(vec!["-5"])),
        ] {
            let expected: Option<Vec<String>> =
                expected.map(|values| values.into_iter().map(str::to_owned).collect());
            assert_eq!(answer(typed, several), expected, "{typed:?}");
        }
    }

    #[test]
    fn a_question_shows_what_is_there_and_the_end_what_changed() {
        let question = preference("places", &["Berlin", "New\u{1b}[2J York"]);
        insta::assert_snapshot!(
            "question",
            drawn(&question, |asked, screen, _| {
                draw_question(asked, "2 of 18", screen);
                draw_question(&preference("places", &[]), "3 of 18", screen);
            })
        );
        let of = |entries: &[(&str, &[&str])]| Preferences {
            entries: entries
                .iter()
                .map(|(key, values)| preference(key, values))
                .collect(),
        };
        let before = of(&[
            ("places", &["Berlin"]),
            ("roles", &[]),
            ("country", &["DE"]),
        ]);
        let now = of(&[
            ("places", &[]),
            ("roles", &["Cook", "Baker"]),
            ("country", &["DE"]),
        ]);
        insta::assert_snapshot!("changed", drawn(&changed(&before, &now), draw_changed));
        assert_eq!(changed(&before, &before), Vec::new());
        assert!(drawn(&Vec::new(), draw_changed).contains("Nothing was changed"));
    }
}
