//! What is read of the three shapes, put into them, and read back.

use agent_approval::{FieldKind, Source, Value};
use agent_browser::BrowserError;
use agent_core::form::{Filling, LivePage, Put};
use practice::Shape;

use crate::{person, reading::table, world::World};

/// Right to left, joined and combined signs, beyond the first plane of Unicode.
const NAMES: [&str; 3] = ["نور الدين ‎🦊", "👩🏽‍🚀 Zoë Ǻngström", "שָׁלוֹם 𝒩𝑜𝑜𝓇"];

fn long_answer() -> String {
    let line = "Ich baue Brücken — 橋を架ける 🌉 \"quoted\" <b>&amp;</b>\n";
    line.chars().cycle().take(20_000).collect()
}

fn of_kind(page: &LivePage, kind: FieldKind) -> usize {
    page.controls
        .iter()
        .find(|control| control.kind == kind)
        .unwrap()
        .index
}

fn put(control: usize, put: Put) -> Filling {
    Filling {
        control,
        put,
        source: Source::Person,
    }
}

async fn check(shape: Shape, name: &str) {
    let world = World::start().await;
    let opening = world.opening(shape);
    let mut open = world.open(&opening).await;
    let page = open.load().await;
    insta::assert_snapshot!(name, table(&page));
    let action = format!("{}{}", page.action.origin, page.action.path);
    assert_eq!(
        (page.action.method.as_str(), &action),
        ("POST", &opening.form_url)
    );
    let texts: Vec<_> = page
        .controls
        .iter()
        .filter(|control| control.kind == FieldKind::Text)
        .collect();
    let mut expected = Vec::new();
    let mut fillings = Vec::new();
    for (control, name) in texts.iter().zip(NAMES) {
        fillings.push(put(control.index, Put::Text(name.to_owned())));
        expected.push((control.index, Value::Text(name.to_owned())));
    }
    let lines = texts.last().unwrap().index;
    fillings.push(put(lines, Put::Text("one\r\ntwo\nthree".to_owned())));
    expected.push((lines, Value::Text("one two three".to_owned())));
    if let Some(long) = page
        .controls
        .iter()
        .find(|control| control.kind == FieldKind::LongText)
    {
        fillings.push(put(long.index, Put::Text(long_answer())));
        expected.push((long.index, Value::Text(long_answer())));
    }
    let filled = open.fill(&fillings).await;
    for (at, field) in filled.snapshot.fields.iter().enumerate() {
        match expected.iter().find(|(index, _)| *index == at) {
            Some((_, value)) => assert_eq!(
                (&field.value, field.source),
                (value, Source::Person),
                "{}",
                field.name
            ),
            None => assert_eq!(
                field.source,
                Source::None,
                "{} holds {:?}",
                field.name,
                field.value
            ),
        }
    }
    assert!(filled.screenshot.starts_with(b"\x89PNG"));
    assert_eq!(world.arrivals(&opening), 0);
    open.close().await;
}

#[tokio::test]
async fn a_classic_form_is_read_as_seen_and_keeps_any_script_and_a_long_answer() {
    check(Shape::GreenhouseClassic, "classic").await;
}

#[tokio::test]
async fn a_form_of_a_script_is_read_as_seen_and_keeps_any_script() {
    check(Shape::GreenhouseNew, "new").await;
}

#[tokio::test]
async fn a_lever_form_is_read_as_seen_and_keeps_any_script_and_a_long_answer() {
    check(Shape::Lever, "lever").await;
}

#[tokio::test]
async fn what_does_not_fit_is_an_error_that_names_the_field() {
    let world = World::start().await;
    let opening = world.opening(Shape::GreenhouseClassic);
    let mut open = world.open(&opening).await;
    let page = open.load().await;
    let text = of_kind(&page, FieldKind::Text);
    let list = of_kind(&page, FieldKind::Select);
    let radio = of_kind(&page, FieldKind::Radio);
    let file = of_kind(&page, FieldKind::File);
    let mut changed = person::file(world.home.path(), "changed.pdf");
    std::fs::write(&changed.path, "another").unwrap();
    changed.size = 7;
    let refused = [
        (put(text, Put::Text("x".repeat(256))), "does not hold"),
        (
            put(list, Put::Choose(vec!["Perhaps".to_owned()])),
            "there is no choice",
        ),
        (
            put(radio, Put::Choose(vec!["Perhaps".to_owned()])),
            "there is no choice",
        ),
        (put(list, Put::Tick(true)), "does not go into"),
        (
            put(file, Put::File(changed)),
            "is not the one that was prepared",
        ),
        (put(99, Put::Text("x".to_owned())), "the form has changed"),
    ];
    for (filling, words) in refused {
        let error: BrowserError = open.session.fill(&[filling]).await.unwrap_err();
        assert!(error.to_string().contains(words), "{error}");
    }
    let sound = [
        put(text, Put::Text("x".repeat(255))),
        put(list, Put::Choose(vec!["Yes".to_owned()])),
        put(
            file,
            Put::File(person::file(world.home.path(), "sound.pdf")),
        ),
    ];
    let filled = open.fill(&sound).await;
    assert_eq!(filled.snapshot.files.len(), 1);
    open.close().await;
}
