//! What a person is told when the form is not as it was.

use agent_approval::*;

use crate::{random::Random, sample};

fn page() -> FormSnapshot {
    sample::manifest().snapshots.remove(0)
}

/// Differences after an edit, one line each: field, before, after.
fn check(edit: impl FnOnce(&mut FormSnapshot), expected: &[&str]) {
    let mut live = page();
    edit(&mut live);
    assert_eq!(lines(&page().differences(&live)), expected);
}

fn lines(differences: &[Difference]) -> Vec<String> {
    let side = |side: &Option<String>| side.clone().unwrap_or_else(|| "-".into());
    let line = |one: &Difference| {
        format!(
            "{}: {} => {}",
            one.field,
            side(&one.before),
            side(&one.after)
        )
    };
    differences.iter().map(line).collect()
}

#[test]
fn what_differs_is_said_in_words() {
    check(|_| {}, &[]);
    check(
        |page| page.fields[0].value = Value::Text("Eve".into()),
        &["Name: Ada Lovelace => Eve"],
    );
    check(
        |page| page.fields[9].value = Value::Ticked(true),
        &["Newsletter: not ticked => ticked"],
    );
    check(
        |page| {
            page.fields[4].options.remove(0);
        },
        &["Country: the choice “France” => -"],
    );
    check(
        |page| page.fields[4].options.swap(0, 2),
        &["Order of the choices of “Country”: France, Germany, Italy => Italy, Germany, France"],
    );
    check(
        |page| {
            page.fields.remove(13);
        },
        &["Pronouns: a line of text with: empty => -"],
    );
    check(
        |page| page.action.origin = "https://evil.example".into(),
        &[
            "Where the form goes: POST https://jobs.example/apply/1 => POST https://evil.example/apply/1",
        ],
    );
    check(
        |page| page.fields[0].source = Source::Drafted,
        &["Name: from the profile => written by a model"],
    );
    check(
        |page| {
            page.volatile.remove(1);
        },
        &["Hidden value “render_time”: differs at each load => -"],
    );
}

#[test]
fn p1_a_swapped_label_shows_as_two_changed_values() {
    check(
        |page| {
            let letter = page.fields[3].name.clone();
            page.fields[3].name = std::mem::replace(&mut page.fields[0].name, letter);
            (page.fields[3].kind, page.fields[0].kind) = (FieldKind::LongText, FieldKind::Text);
        },
        &[
            &format!("Name: Ada Lovelace => {}", sample::LETTER),
            "Name: from the profile => written by a model",
            "Name: line of text => text of several lines",
            &format!("Letter: {} => Ada Lovelace", sample::LETTER),
            "Letter: written by a model => from the profile",
            "Letter: text of several lines => line of text",
            "Order of the fields: Name, Phone, Known as, Letter, Country, Languages, City, Permit, \
             Days, Newsletter, I have read the notice, CV, Portfolio, Pronouns => Letter, Phone, \
             Known as, Name, Country, Languages, City, Permit, Days, Newsletter, I have read the \
             notice, CV, Portfolio, Pronouns",
        ],
    );
}

#[test]
fn fields_of_one_name_are_matched_by_their_number() {
    let mut before = page();
    before.fields[2].name = "Name".into();
    let mut after = before.clone();
    after.fields[2].value = Value::Text("Countess".into());
    let found = lines(&before.differences(&after));
    assert_eq!(
        found,
        ["Name (number 2 of this name): Ada Lovelace => Countess"]
    );
}

#[test]
fn a_review_after_an_edit_names_files_requests_and_plugin_but_not_the_nonce() {
    let before = sample::manifest();
    let mut after = before.clone();
    after.nonce = Nonce::from_bytes([9; 16]);
    assert_eq!(before.differences(&after), []);
    after.plugin.version = "0.3.0".into();
    after.snapshots[0].files[0].size = 9;
    after.releases.remove(0);
    let found = lines(&before.differences(&after));
    assert_eq!(found.len(), 4, "{found:#?}");
    for (line, start) in found.iter().zip([
        "Plugin: ",
        "File of “CV”: ",
        "Request 1 that leaves: ",
        "Request 2 that leaves: ",
    ]) {
        assert!(line.starts_with(start), "{line}");
    }
    assert!(found[2].ends_with("upload the file of “Portfolio”: PUT https://store.example/uploads/… => send the form: POST https://jobs.example/apply/1"));
}

#[test]
fn p1_there_are_differences_exactly_when_two_pages_differ() {
    let mut random = Random(5);
    let mut equal = 0;
    for _ in 0..3_000 {
        let (mut left, mut right) = (page(), page());
        for _ in 0..random.below(3) {
            let side = if random.below(2) == 0 {
                &mut left
            } else {
                &mut right
            };
            shuffle(side, &mut random);
        }
        let found = left.differences(&right);
        assert_eq!(
            found.is_empty(),
            left == right,
            "{left:?}\n{right:?}\n{found:?}"
        );
        equal += usize::from(left == right);
    }
    assert!((500..2_500).contains(&equal), "{equal} of 3000 were equal");
}

/// Moves, doubles, drops or renames something.
fn shuffle(page: &mut FormSnapshot, random: &mut Random) {
    fn edit<T: Clone>(list: &mut Vec<T>, random: &mut Random) {
        if list.is_empty() {
            return;
        }
        let (one, other) = (random.below(list.len()), random.below(list.len()));
        match random.below(3) {
            0 => list.swap(one, other),
            1 => drop(list.remove(one)),
            _ => list.insert(other, list[one].clone()),
        }
    }
    let at = random.below(page.fields.len().max(1));
    match random.below(8) {
        0 => edit(&mut page.fields, random),
        1 => edit(&mut page.files, random),
        2 => edit(&mut page.pinned, random),
        3 => edit(&mut page.volatile, random),
        4 => edit(&mut page.query, random),
        5 => edit(&mut page.fields[at].options, random),
        6 => page.fields[at].name = "Name".into(),
        _ => page.fields[at].required = !page.fields[at].required,
    }
}
