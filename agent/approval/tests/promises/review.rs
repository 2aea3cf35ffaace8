//! What a person sees first.

use crate::sample;

#[test]
fn drafted_fields_come_first_and_the_forms_order_is_kept() {
    let manifest = sample::manifest();
    let shown = manifest.review_order();
    let names: Vec<&str> = shown
        .iter()
        .map(|shown| shown.field.name.as_str())
        .collect();
    let expected = [
        "Letter",
        "Known as",
        "I have read the notice",
        "Country",
        "Languages",
        "City",
        "Permit",
        "Days",
        "Name",
        "Phone",
        "CV",
        "Portfolio",
        "Newsletter",
        "Pronouns",
    ];
    assert_eq!(names, expected);
    let files: Vec<_> = shown
        .iter()
        .filter_map(|shown| shown.file)
        .map(|file| file.name.as_str())
        .collect();
    assert_eq!(files, ["ada.pdf", "works.pdf"]);
    assert!(shown.iter().all(
        |shown| shown.page == 0 && manifest.snapshots[0].fields[shown.position] == *shown.field
    ));
}
