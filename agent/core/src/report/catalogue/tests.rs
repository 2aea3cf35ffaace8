use std::collections::BTreeSet;

use super::*;
use crate::skill;

#[test]
fn the_catalogue_of_this_program_is_read_and_knows_many_kinds_of_work() {
    let catalogue = read(&FILES).unwrap_or_else(|wrong| panic!("{wrong}"));
    assert!(catalogue.lessons().count() >= 150);
    assert!(catalogue.projects().len() >= 20);
    let categories: BTreeSet<&str> = catalogue
        .lessons()
        .filter_map(|lesson| skill::category(lesson.skill))
        .map(skill::Category::name)
        .collect();
    for wanted in [
        "software",
        "data",
        "design",
        "marketing",
        "finance",
        "hr",
        "health",
        "office",
        "teaching",
        "management",
        "logistics",
        "sales",
        "trades",
    ] {
        assert!(categories.contains(wanted), "{wanted}: {categories:?}");
    }
    // Both are for people: neither is tried on them in another tongue.
    for lesson in catalogue.lessons() {
        assert_eq!(skill::named(lesson.skill), Some(lesson.skill));
        for resource in &lesson.resources {
            assert!(resource.url.starts_with("https://"), "{}", resource.url);
        }
    }
}

#[test]
fn whatever_is_learned_comes_after_what_it_needs() {
    let catalogue = built_in();
    for lesson in catalogue.lessons() {
        let order = catalogue.closure(lesson.skill, &|_| false);
        for (at, skill) in order.iter().enumerate() {
            let before = &catalogue.lesson(skill).expect("is there").after;
            for needed in before {
                let place = order.iter().position(|one| one == needed);
                assert!(place.is_some_and(|place| place < at), "{skill}: {order:?}");
            }
        }
        assert_eq!(order.last().map(String::as_str), Some(lesson.skill));
        assert_eq!(
            catalogue.closure(lesson.skill, &|_| true),
            Vec::<String>::new()
        );
    }
    let order = catalogue.closure("Kubernetes", &|skill| skill == "Linux");
    assert_eq!(order, ["Docker", "Networking", "Kubernetes"]);
    assert_eq!(catalogue.closure("Zephyrine", &|_| false), ["Zephyrine"]);
}

#[test]
fn a_mistake_is_refused_with_its_place() {
    let check = |text: &str, expected: &str| {
        let found = read(&[("a", text)]).map(|catalogue| catalogue.lessons().count());
        let said = found.map_or_else(|wrong| wrong.to_string(), |count| count.to_string());
        assert_eq!(said, expected, "{text}");
    };
    let git = "Git | 5-9 |\n+ do\n- Book | https://git-scm.com/ | all";
    check(git, "1");
    check(&format!("# remark\n\n{git}\n"), "1");
    check(&format!("{git}\n\n{git}"), "a, line 5: Git is there twice");
    check(
        "k8s | 5-9 |\n+ do",
        "a, line 1: k8s goes by the name Kubernetes",
    );
    check(
        "Zephyrine | 5-9 |",
        "a, line 1: Zephyrine is no skill of our lists",
    );
    check(
        "Git | 9-5 |",
        "a, line 1: \"9-5\" is no range of hours such as 20-40",
    );
    check(
        "Git | 0-5 |",
        "a, line 1: \"0-5\" is no range of hours such as 20-40",
    );
    check(
        "Git | five |",
        "a, line 1: \"five\" is no range of hours such as 20-40",
    );
    check(
        "Git",
        "a, line 1: wants a name, hours and other skills, with | between",
    );
    check("+ do", "a, line 1: belongs to no skill");
    check(
        "Git | 5-9 |\n- Book | https://git-scm.com/ | all",
        "a, line 1: Git says not what one can do then",
    );
    check("Git | 5-9 |\n+ do", "a, line 1: Git wants 1 to 3 resources");
    check(
        &git.replace("https", "http"),
        "a, line 3: http://git-scm.com/ is no plain https address",
    );
    check(
        &git.replace("git-scm.com", "u@git-scm.com"),
        "a, line 3: https://u@git-scm.com/ is no plain https address",
    );
    check(
        &git.replace("git-scm.com", "git-scm.com:8443"),
        "a, line 3: https://git-scm.com:8443/ is no plain https address",
    );
    check(
        &git.replace("https://git-scm.com/", "nowhere"),
        "a, line 3: nowhere is no address",
    );
    check(
        &format!("{git}\n- Again | https://git-scm.com/ | all"),
        "a, line 4: https://git-scm.com/ twice",
    );
    check(
        &git.replace(" |\n", " | Linux\n"),
        "catalogue, line 0: Git wants Linux, which is not there",
    );
    check(
        &git.replace(" |\n", " | Git\n"),
        "catalogue, line 0: Git waits for itself",
    );
    let circle = "Git | 5-9 | Linux\n+ do\n- B | https://a.b/ | all\nLinux | 5-9 | Git\n+ do\n- B | https://a.b/ | all";
    check(circle, "catalogue, line 0: Git waits for itself");
    check(
        &format!("{git}\n= P | 5-9 | Git\n+ done"),
        "a, line 4: P wants two skills or more, and a result",
    );
    check(
        &format!("{git}\n= P | 5-9 | Git, Rust\n+ done"),
        "catalogue, line 0: P shows Rust, which is not there",
    );
    check(
        &format!("{git}\n+ {}", "x".repeat(300)),
        "a, line 4: longer than 240 characters",
    );
}
