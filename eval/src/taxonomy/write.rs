//! Writes the asset; `Taxonomy::read` describes it.

use agent_core::skill::{
    Category,
    taxonomy::{MAGIC, key},
};

use super::choose::Chosen;

/// The bytes of an asset.
pub(super) fn asset(chosen: &Chosen) -> Vec<u8> {
    let mut text = String::from("[groups]\n");
    for group in &chosen.groups {
        text.push_str(&format!("{group}\n"));
    }
    for category in Category::ALL {
        text.push_str(&format!("[{}]\n", category.name()));
        let of = chosen
            .skills
            .iter()
            .filter(|(_, kind, _)| *kind == category);
        for (label, _, groups) in of {
            let groups: Vec<String> = groups.iter().map(usize::to_string).collect();
            text.push_str(&format!("{label}|{}\n", groups.join(" ")));
        }
    }
    text.push_str("[units]\n");
    for (unit, name) in &chosen.units {
        text.push_str(&format!("{unit} {name}\n"));
    }
    text.push_str("[occupations]\n");
    for (title, unit) in &chosen.occupations {
        text.push_str(&format!("{unit} {title}\n"));
    }
    let mut bytes = MAGIC.to_vec();
    bytes.extend((text.len() as u32).to_le_bytes());
    bytes.extend(text.as_bytes());
    let names = chosen
        .skill_names
        .iter()
        .map(|(name, skill)| (name, *skill));
    records(&mut bytes, names);
    let titles = chosen.titles.iter();
    let titles = titles.flat_map(|(title, numbers)| numbers.iter().map(move |at| (title, *at)));
    records(&mut bytes, titles);
    bytes
}

fn records<'a>(bytes: &mut Vec<u8>, names: impl Iterator<Item = (&'a String, usize)>) {
    let mut records: Vec<u64> = names
        .map(|(name, number)| key(name) << 16 | number as u64 & 0xFFFF)
        .collect();
    records.sort_unstable();
    bytes.extend((records.len() as u32).to_le_bytes());
    bytes.extend(records.iter().flat_map(|record| record.to_le_bytes()));
}
