use super::*;
use crate::profile::Month;

fn profile() -> Profile {
    Profile {
        name: "Ada".to_owned(),
        skills: vec![Fact {
            text: "Rust".to_owned(),
            line: Some(3),
        }],
        projects: ["Tide", "Bridge"].map(project).to_vec(),
        ..Profile::default()
    }
}

fn project(name: &str) -> Project {
    Project {
        name: name.to_owned(),
        line: Some(7),
        ..Project::default()
    }
}

#[test]
fn a_value_of_the_person_stands_before_that_of_the_cv_until_it_is_taken_back() {
    let mut edits = Edits::default();
    edits.set(ProfileKey::Name, " Ada\n Example ").unwrap();
    assert_eq!(profile().edited(&edits).name, "Ada Example");
    edits.set(ProfileKey::Name, "").unwrap();
    assert_eq!(profile().edited(&edits), profile());
}

#[test]
fn a_level_is_of_a_skill_the_cv_names_or_of_a_new_one() {
    let mut edits = Edits::default();
    edits.set_level("rust", Some(4)).unwrap();
    edits.set_level("Erlang", Some(2)).unwrap();
    edits.set_level("ERLANG", Some(3)).unwrap();
    let edited = profile().edited(&edits);
    let skills: Vec<&str> = edited
        .skills
        .iter()
        .map(|fact| fact.text.as_str())
        .collect();
    assert_eq!(skills, ["Rust", "ERLANG"]);
    let levels = ["Rust", "erlang", "Go"].map(|skill| edited.level_of(skill));
    assert_eq!(levels, [Some(4), Some(3), None]);
    edits.set_level("Rust", None).unwrap();
    edits.set_level("erlang", None).unwrap();
    assert_eq!(profile().edited(&edits), profile());
}

#[test]
fn a_project_is_added_replaced_featured_and_removed() {
    let mut edits = Edits::default();
    let change = |name: &str, new| ProjectChange {
        name: name.to_owned(),
        new,
        start: Some("2024-03".to_owned()),
        ..ProjectChange::default()
    };
    let twice = Err(EditError::Twice("Tide".to_owned()));
    assert_eq!(edits.put_project(&profile(), change("tide", true)), twice);
    edits
        .put_project(&profile(), change("tide", false))
        .unwrap();
    let begun = profile().edited(&edits).projects[1].start;
    assert_eq!(begun, Month::of_iso("2024-03"));
    edits.feature(&profile(), "bridge", true).unwrap();
    let names = |edits: &Edits| {
        let projects = profile().edited(edits).projects.into_iter();
        projects
            .map(|project| (project.name, project.line))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        names(&edits),
        [("Bridge".to_owned(), Some(7)), ("tide".to_owned(), None)]
    );
    edits.remove_project("TIDE").unwrap();
    edits.feature(&profile(), "Bridge", false).unwrap();
    assert_eq!(profile().edited(&edits), profile());
    let unknown = Err(EditError::NoProject("Tide".to_owned()));
    assert_eq!(edits.remove_project("Tide"), unknown);
}

#[test]
fn what_is_no_edit_is_refused() {
    let mut edits = Edits::default();
    assert_eq!(edits.set_level("Rust", Some(6)), Err(EditError::Level));
    assert_eq!(edits.set_level(" – ", Some(3)), Err(EditError::NoName));
    let long = "x".repeat(LONGEST + 1);
    assert_eq!(
        edits.set(ProfileKey::Summary, &long),
        Err(EditError::TooLong)
    );
    assert_eq!(
        ProfileKey::of("nam"),
        Err(EditError::UnknownKey("nam".to_owned()))
    );
    assert_eq!(edits, Edits::default());
}

#[test]
fn an_alias_names_a_skill_that_is_known_or_of_the_profile() {
    let profile = Profile {
        skills: vec![Fact {
            text: "Zephyrine tooling".to_owned(),
            line: None,
        }],
        ..Profile::default()
    };
    let mut edits = Edits::default();
    let set = |edits: &mut Edits, alias: &str, skill: &str| edits.set_alias(&profile, alias, skill);
    let pair = |alias: &str, skill: &str| Ok((alias.to_owned(), skill.to_owned()));
    for (alias, skill, expected) in [
        (
            "k8s  platform",
            "kubernetes",
            pair("k8s platform", "Kubernetes"),
        ),
        ("Orca", "k8s", pair("Orca", "Kubernetes")),
        ("zt", "zephyrine TOOLING", pair("zt", "Zephyrine tooling")),
        ("fungi", "Mycology", pair("fungi", "Mycology")),
    ] {
        assert_eq!(set(&mut edits, alias, skill), expected, "{alias}");
    }
    // The same alias again, for another skill.
    assert_eq!(set(&mut edits, "ORCA", "Rust"), pair("ORCA", "Rust"));
    let unknown = set(&mut edits, "x y", "Kubernets").unwrap_err().to_string();
    assert!(unknown.contains("near it: Kubernetes"), "{unknown}");
    let unknown = set(&mut edits, "x y", "qqqq wwww").unwrap_err().to_string();
    assert!(!unknown.contains("near it"), "{unknown}");
    let names = |alias: &str, skill: &str| {
        Err(EditError::NamesSkill {
            alias: alias.to_owned(),
            skill: skill.to_owned(),
        })
    };
    assert_eq!(set(&mut edits, "rust", "Go"), names("rust", "Rust"));
    assert_eq!(
        set(&mut edits, "zephyrine tooling", "Go"),
        names("zephyrine tooling", "Zephyrine tooling")
    );
    assert_eq!(set(&mut edits, "--", "Go"), Err(EditError::NoName));
    assert_eq!(
        set(&mut edits, &"x".repeat(81), "Go"),
        Err(EditError::TooLong)
    );

    let kept: Vec<&str> = edits.aliases().keys().map(String::as_str).collect();
    assert_eq!(kept, ["ORCA", "fungi", "k8s platform", "zt"]);
    assert_eq!(profile.clone().edited(&edits).aliases, *edits.aliases());
    assert_eq!(edits.remove_alias("orca"), Ok("ORCA".to_owned()));
    assert_eq!(
        edits.remove_alias("orca"),
        Err(EditError::NoAlias("orca".to_owned()))
    );
}
