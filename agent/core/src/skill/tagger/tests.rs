//! The shipped tagger as a whole. How well it finds is for `cargo xtask eval skills`.

use super::*;

fn knowledge(text: &str) -> Vec<&str> {
    let found = built_in().unwrap().find(text);
    let known = found
        .iter()
        .filter(|found| found.column == Column::Knowledge);
    known.map(|found| &text[found.range.clone()]).collect()
}

#[test]
fn the_shipped_asset_finds_what_is_asked_and_nothing_in_small_talk() {
    for (text, expected) in [
        (
            "Experience with Kubernetes and PostgreSQL.",
            vec!["Kubernetes", "PostgreSQL"],
        ),
        (
            "Good knowledge of machine learning, Terraform and AWS",
            vec!["machine learning", "Terraform", "AWS"],
        ),
        (
            "Our office is near the river and we eat lunch together.",
            vec![],
        ),
    ] {
        assert_eq!(knowledge(text), expected, "{text}");
    }
}

#[test]
fn what_is_surer_gains_more() {
    let text = "Experience with Kubernetes and PostgreSQL.";
    let found = built_in().unwrap().find(text);
    assert!(!found.is_empty());
    for found in found {
        assert!(found.gain > 0, "{found:?}");
    }
}

#[test]
fn a_damaged_asset_is_refused_and_a_whole_one_read() {
    let whole = ASSET;
    assert!(Model::read(whole).is_ok());
    let short = |part| AssetError::Short { part };
    for (bytes, expected) in [
        (vec![], AssetError::Magic),
        (b"PNG!".to_vec(), AssetError::Magic),
        (whole[..6].to_vec(), short("header")),
        (whole[..50].to_vec(), short("steps")),
        (whole[..5000].to_vec(), short("weights")),
        (whole[..whole.len() - 1].to_vec(), short("words")),
        ([whole, &[0, 0]].concat(), AssetError::Long { bytes: 2 }),
        (
            [b"SKT1".to_vec(), vec![40, 0, 0, 0]].concat(),
            AssetError::Size { bits: 40 },
        ),
        (
            [b"SKT1".to_vec(), vec![0xff; 400]].concat(),
            AssetError::Size { bits: u32::MAX },
        ),
    ] {
        assert_eq!(Model::read(&bytes).unwrap_err(), expected);
    }
}

#[test]
fn no_text_stops_it() {
    let model = built_in().unwrap();
    for text in [
        "",
        "\n\n",
        ",",
        "(((((",
        "日本語のテキスト、リスト。",
        "\u{0}\u{1b}[31m\u{202e}",
        &"x".repeat(100_000),
        &",".repeat(10_000),
        &"Rust ".repeat(10_000),
        &"é(̶".repeat(1000),
    ] {
        for found in model.find(text) {
            assert!(text.get(found.range).is_some_and(|found| !found.is_empty()));
        }
    }
}
