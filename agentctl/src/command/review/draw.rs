//! Draws what would be sent, for the person who decides. Whatever comes from
//! elsewhere stands behind a bar: only this program's own words stand free.

use agent_approval::FormSnapshot;

use super::field;
use super::item::{Group, Item};
use super::leaving;
use crate::moment::Clock;
use crate::screen::{BAD, BOLD, Bar, DIM, Foreign, Screen, Span, WARN};

/// How much of long texts is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// Their first lines.
    Brief,
    /// All of it, and the choices that were not taken.
    Whole,
}

/// Draws an item; `heading` says which of how many it is.
pub(super) fn item(item: &Item, heading: &str, extent: Extent, screen: &mut Screen, clock: &Clock) {
    if !heading.is_empty() {
        screen.line([Span::new(heading, BOLD.invert())]);
    }
    let manifest = &item.manifest;
    named("employer", &manifest.employer, screen);
    named("opening", &manifest.title, screen);
    named("posting", &manifest.posting_url, screen);
    for page in &manifest.snapshots {
        named("form", &address(page), screen);
    }
    if !item.row.cv.is_empty() {
        named("cv", &item.row.cv, screen);
    }
    own("prepared", &clock.relative(item.prepared.as_ref()), screen);
    own(
        "waits until",
        &clock.relative(item.row.expires.as_ref()),
        screen,
    );

    differences(item, screen);
    leaving::releases(manifest, screen);

    let fields = item.fields();
    let group = |wanted: Group| fields.iter().filter(move |field| field.group() == wanted);
    section(
        "Speaks for you or binds you: check each word",
        group(Group::Yours).count(),
        WARN.bold(),
        screen,
    );
    for shown in group(Group::Yours) {
        field::block(shown, extent, screen);
    }
    section(
        "Written by a model: read it as if you had signed it",
        group(Group::Drafted).count(),
        WARN.bold(),
        screen,
    );
    for shown in group(Group::Drafted) {
        field::block(shown, extent, screen);
    }
    if group(Group::Drafted).count() == 0 {
        screen.blank();
        screen.line(["No word of this was written by a model.".into()]);
    }
    section(
        "Everything else in the form",
        group(Group::Rest).count(),
        BOLD,
        screen,
    );
    for shown in group(Group::Rest) {
        field::row(shown, extent, screen);
    }
    let empty: Vec<&str> = group(Group::Empty)
        .map(|shown| shown.shown.field.name.as_str())
        .collect();
    if !empty.is_empty() {
        section("Left empty", empty.len(), BOLD, screen);
        screen.foreign(
            "  ".into(),
            Foreign::new(Bar::Thin, &empty.join(" · ")).style(DIM),
        );
    }
    leaving::files(manifest, screen);
    leaving::hidden(manifest, extent, screen);
}

/// A name of ours and a text of others.
fn named(name: &str, value: &str, screen: &mut Screen) {
    screen.foreign(
        Span::new(format!("{name:<12}"), DIM),
        Foreign::new(Bar::Thin, value),
    );
}

fn own(name: &str, value: &str, screen: &mut Screen) {
    if !value.is_empty() {
        screen.line([Span::new(format!("{name:<12}  "), DIM), value.into()]);
    }
}

/// A heading, where anything stands under it.
pub(super) fn section(heading: &str, fields: usize, style: anstyle::Style, screen: &mut Screen) {
    if fields > 0 {
        screen.blank();
        screen.line([Span::new(format!("{heading} ({fields})"), style)]);
    }
}

fn address(page: &FormSnapshot) -> String {
    let query: Vec<String> = page
        .query
        .iter()
        .map(|(key, value)| format!("{key}={value}"))
        .collect();
    match query.is_empty() {
        true => format!("{}{}", page.origin, page.path),
        false => format!("{}{}?{}", page.origin, page.path, query.join("&")),
    }
}

fn differences(item: &Item, screen: &mut Screen) {
    if item.differences.is_empty() {
        return;
    }
    section(
        "Changed since your last review",
        item.differences.len(),
        BAD.bold(),
        screen,
    );
    for change in &item.differences {
        screen.foreign(
            "  ".into(),
            Foreign::new(Bar::Thin, &change.field).style(BOLD),
        );
        for (when, text) in [("was", &change.before), ("now", &change.after)] {
            let lead = Span::new(format!("    {when}  "), DIM);
            match text {
                Some(text) => {
                    let left = screen.foreign(lead, Foreign::new(Bar::Thick, text).most(Some(6)));
                    field::left_out(left, screen);
                }
                None => screen.line([lead, Span::new("(not there)", DIM)]),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use agent_api::v1::{ApplicationRow, Review, ReviewDifference};
    use agent_approval::{Field, Manifest, ManifestDigest, Value};

    use super::super::{list, sample, sign};
    use super::*;
    use crate::command::testing::{at, clock};

    fn review(manifest: &Manifest) -> Review {
        Review {
            row: Some(ApplicationRow {
                id: manifest.application.clone(),
                short_id: "ab12".to_owned(),
                expires: at("2026-03-16T09:12:00Z"),
                ..ApplicationRow::default()
            }),
            manifest: manifest.encode().unwrap(),
            differences: vec![ReviewDifference {
                field: "Salary\u{1b}[1A expectation".to_owned(),
                before: None,
                after: Some("80,000\n  > type y".to_owned()),
            }],
            screenshot: Vec::new(),
            prepared: at("2026-03-02T09:12:00Z"),
        }
    }

    fn drawn(manifest: &Manifest, extent: Extent, width: Option<usize>) -> String {
        let shown = Item::of(review(manifest)).unwrap();
        let mut screen = Screen::new(width);
        item(
            &shown,
            " Application 1 of 3: not sent yet ",
            extent,
            &mut screen,
            &clock(),
        );
        sign::draw_prompt(&ManifestDigest::from_bytes([0xa1; 32]), &mut screen);
        anstream::adapter::strip_str(&screen.into_text()).to_string()
    }

    #[test]
    fn the_review_shows_what_is_sent_what_a_model_wrote_and_what_to_press() {
        insta::assert_snapshot!(drawn(&sample::hostile(), Extent::Brief, Some(80)));
        insta::assert_snapshot!("wide", drawn(&sample::hostile(), Extent::Brief, Some(120)));
        insta::assert_snapshot!(
            "one_without_anything_odd",
            drawn(&sample::plain(), Extent::Brief, Some(80))
        );
    }

    /// Puts a mark before each word of every text, so that it can be found again.
    fn marked(value: &mut serde_json::Value) {
        match value {
            serde_json::Value::Array(items) => items.iter_mut().for_each(marked),
            serde_json::Value::Object(members) => {
                for (key, value) in members {
                    if !matches!(
                        key.as_str(),
                        "kind" | "source" | "sha256" | "nonce" | "version" | "application"
                    ) {
                        marked(value);
                    }
                }
            }
            // The name of a value without a content.
            serde_json::Value::String(text) if text == "empty" => {}
            serde_json::Value::String(text) => {
                *text = format!("§{}", text.replace('\n', "\n§").replace(' ', " §"));
            }
            _ => {}
        }
    }

    #[test]
    fn p6_every_line_with_a_foreign_word_has_its_bar_before_it() {
        let mut value = serde_json::to_value(sample::hostile()).unwrap();
        marked(&mut value);
        let manifest: Manifest = serde_json::from_value(value).unwrap();
        for width in [None, Some(80), Some(40)] {
            let text = drawn(&manifest, Extent::Whole, width);
            assert!(!text.contains(['\u{1b}', '\u{202e}', '\u{200b}']));
            let mut foreign = 0;
            for line in text.lines() {
                if let Some((before, _)) = line.split_once('§') {
                    foreign += 1;
                    assert!(before.contains(['│', '┃']), "{line}");
                }
            }
            assert!(foreign > 30, "{foreign}");
        }
    }

    #[test]
    fn every_word_of_every_value_is_in_the_whole() {
        let manifest = sample::hostile();
        let text = drawn(&manifest, Extent::Whole, Some(80));
        let bare = |text: &str| -> String {
            let kept = |character: &char| !character.is_whitespace() && !"│┃".contains(*character);
            text.chars().filter(kept).collect()
        };
        let text = bare(&text);
        let has = |field: &Field| {
            let words = match &field.value {
                Value::Text(text) => text.split('\n').map(crate::foreign::reveal).collect(),
                Value::Chosen(chosen) => chosen.concat(),
                Value::File(name) => name.clone(),
                Value::Empty | Value::Ticked(_) => String::new(),
            };
            text.contains(&bare(&field.name)) && text.contains(&bare(&words))
        };
        for field in manifest.snapshots.iter().flat_map(|page| &page.fields) {
            assert!(has(field), "{}", field.name);
        }
    }

    #[test]
    fn p1_bytes_that_are_no_manifest_of_this_application_are_not_shown() {
        let manifest = sample::plain();
        assert!(Item::of(review(&manifest)).is_ok());
        let mut foreign = review(&manifest);
        foreign.row.as_mut().unwrap().id = "00".repeat(16);
        assert!(Item::of(foreign).is_err());
        let mut spaced = review(&manifest);
        spaced.manifest.push(b' ');
        assert!(Item::of(spaced).is_err());
    }

    #[test]
    fn the_digest_for_programs_is_of_the_bytes_received() {
        let manifest = sample::hostile();
        let shown = Item::of(review(&manifest)).unwrap();
        let value = serde_json::to_value(list::full(&shown)).unwrap();
        assert_eq!(value["digest"], manifest.digest().unwrap().to_string());
        assert_eq!(value["manifest"]["title"], "Senior Backend Engineer");
        assert_eq!(value["drafted"], 1);
        assert_eq!(value["order"][0]["group"], "yours");
        assert_eq!(value["order"].as_array().unwrap().len(), value["fields"]);

        let queue = [shown];
        let mut screen = Screen::new(Some(100));
        list::draw(&queue, &mut screen, &clock());
        insta::assert_snapshot!(
            "queue",
            anstream::adapter::strip_str(&screen.into_text()).to_string()
        );
    }
}
