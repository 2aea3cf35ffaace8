use super::*;

#[test]
fn the_shipped_taxonomy_is_whole() {
    let taxonomy = Taxonomy::read(ASSET).expect("reads");
    assert!(ASSET.len() <= 1_500_000, "{}", ASSET.len());
    assert!(
        (8_000..12_000).contains(&taxonomy.skills.len()),
        "{}",
        taxonomy.skills.len()
    );
    assert!(
        (2_900..3_100).contains(&taxonomy.occupations.len()),
        "{}",
        taxonomy.occupations.len()
    );
    assert!(taxonomy.skill_names.len() > 40_000);
    assert!(taxonomy.titles.len() > 20_000);
    for records in [taxonomy.skill_names, taxonomy.titles] {
        assert!(records.is_sorted_by_key(|record| u64::from_le_bytes(*record)));
    }
    for (number, skill) in taxonomy.skills.iter().enumerate() {
        assert_eq!(
            taxonomy.skill_named(skill.label),
            u16::try_from(number).ok(),
            "{}",
            skill.label
        );
        assert!(
            skill
                .groups()
                .all(|group| taxonomy.group(group).is_some_and(|name| !name.is_empty())),
            "{}",
            skill.label
        );
    }
    for occupation in &taxonomy.occupations {
        assert!(taxonomy.unit(occupation.unit).is_some(), "{occupation:?}");
        assert!(
            taxonomy.unit(occupation.unit / 10).is_some(),
            "{occupation:?}"
        );
    }
}

#[test]
fn other_bytes_are_no_taxonomy() {
    let whole: Vec<u8> = [
        MAGIC.as_slice(),
        &[14, 0, 0, 0],
        b"[health]\nKnot|",
        &[1, 0, 0, 0],
        &[0; 8],
        &[0; 4],
    ]
    .concat();
    let check = |bytes: &[u8], expected: Option<TaxonomyError>| {
        assert_eq!(Taxonomy::read(bytes).err(), expected, "{bytes:?}");
    };
    check(&whole, None);
    for end in 0..whole.len() {
        assert!(Taxonomy::read(&whole[..end]).is_err(), "{end}");
    }
    check(b"TAX2", Some(TaxonomyError::Magic));
    let longer = [whole.as_slice(), &[0]].concat();
    check(&longer, Some(TaxonomyError::Long { bytes: 1 }));
    let row = whole.iter().map(|byte| match byte {
        b'|' => b'/',
        other => *other,
    });
    let row: Vec<u8> = row.collect();
    let of = "Knot/".to_owned();
    check(&row, Some(TaxonomyError::Row { row: of }));
}
