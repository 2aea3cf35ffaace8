use std::path::Path;

use agent_core::skill::{Category, taxonomy::folded_title};

use super::*;

/// Writes tables of invented skills and occupations in ESCO's form.
fn tables(folder: &Path) {
    let files = [
        (
            "skills_preferred.csv",
            "esco_uuid,preferred_label,hierarchy_codes\n\
             a,knot theory,K0541\n\
             b,sail mending (by hand),S6.7|T5.1\n\
             c,\"rig, tune and trim\",S6.7\n\
             d,mend every kind of sail and rope at sea in winter,S6.7\n\
             e,be patient,T3\n",
        ),
        (
            "skills_alt_1of1.csv",
            "esco_uuid,alt_label\na,theory of knots\na,knots\nb,sail repair\nb,mend\n\
             b,shared name\nc,shared name\nc,knot theory\nz,nothing\n",
        ),
        (
            "hier_mapper.json",
            r#"{"K0541": "mathematics", "S6.7": "using hand tools", "T3": "patience"}"#,
        ),
        (
            "occupations_labels.csv",
            "esco_uri,code,isco,preferred_label,alt_labels\n\
             1,1.1,7216,sail mender,mender of sails|master of the sails\n\
             2,1.2,0110,harbour officer,officer\n\
             3,1.3,7217,net mender,\n\
             4,1.4,7218,rope mender,mender\n\
             5,1.5,7219,kite mender,master of the sails\n",
        ),
        (
            "ISCOGroups.csv",
            "ORIGINURI,ID,UUIDHISTORY,CODE,PREFERREDLABEL,ALTLABELS,DESCRIPTION\n\
             u,k,h,011,Officers,,x\nu,k,h,0110,Officers of all kinds,,\"two\nlines\"\n\
             u,k,h,721,Menders,,x\nu,k,h,7216,Sail menders,,x\nu,k,h,7217,Net menders,,x\n\
             u,k,h,7218,Rope menders,,x\nu,k,h,7219,Kite menders,,x\n",
        ),
    ];
    for (name, text) in files {
        fs::write(folder.join(name), text).unwrap();
    }
}

#[test]
fn what_is_written_is_read_again() {
    let folder = std::env::temp_dir().join(format!("taxonomy-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    tables(&folder);
    let chosen = choose::choose(&source::read(&folder).unwrap()).unwrap();
    fs::remove_dir_all(&folder).unwrap();
    let bytes = write::asset(&chosen);
    let read = Taxonomy::read(&bytes).unwrap();

    let skill = |name: &str| {
        let found = read
            .skill_named(name)
            .map(|at| &read.skills()[usize::from(at)]);
        found.map(|skill| (skill.label, skill.category))
    };
    let theory = Some(("Knot theory", Category::Data));
    let mending = Some(("Sail mending", Category::Trades));
    for (name, expected) in [
        ("Knot theory", theory),
        ("theories of knot", None),
        ("Theory of Knots", theory),
        ("knots", theory),
        ("sail-mending", mending),
        ("Sail repair", mending),
        // One word for something to do, and a name of two skills.
        ("mend", None),
        ("shared name", None),
        ("be patient", Some(("Be patient", Category::Soft))),
        ("nothing", None),
        ("", None),
    ] {
        assert_eq!(skill(name), expected, "{name}");
    }
    let at = read.skill_named("sail mending").unwrap();
    let groups = read.skills()[usize::from(at)].groups();
    let groups: Vec<_> = groups.map(|group| read.group(group)).collect();
    assert_eq!(groups, [Some("using hand tools")]);
    assert_eq!(read.skills().len(), 4);

    let titled = |title: &str| -> Vec<(&str, u16)> {
        let folded = folded_title(title);
        let numbers = read.titled(&folded);
        let found = numbers.map(|at| &read.occupations()[usize::from(at)]);
        found.map(|one| (one.title, one.unit)).collect()
    };
    for (title, expected) in [
        ("Sail mender", vec![("sail mender", 7216)]),
        ("Mender of Sails", vec![("sail mender", 7216)]),
        ("Officer", vec![("harbour officer", 110)]),
        // The end of other titles, and a title of two kinds of work.
        ("Mender", vec![]),
        ("Master of Sails", vec![]),
        ("Baker", vec![]),
    ] {
        assert_eq!(titled(title), expected, "{title}");
    }
    assert_eq!(read.unit(7216), Some("Sail menders"));
    assert_eq!(read.unit(110 / 10), Some("Officers"));
}

#[test]
fn a_folder_without_the_tables_is_refused() {
    let folder = std::env::temp_dir().join(format!("no-taxonomy-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    tables(&folder);
    let whole = source::read(&folder);
    fs::remove_file(folder.join("occupations_labels.csv")).unwrap();
    let lacking = source::read(&folder);
    fs::remove_dir_all(&folder).unwrap();
    assert!(whole.is_ok());
    let error = lacking.err().map(|error| error.to_string());
    assert!(error.is_some_and(|error| error.ends_with("holds no occupations")));
}
