use std::collections::HashSet;

use super::*;

fn names(text: &str) -> Vec<String> {
    find(text).into_iter().map(|found| found.skill).collect()
}

#[test]
fn the_lexicon_is_whole() {
    let labels = labels();
    let unique: HashSet<&&str> = labels.iter().collect();
    assert!(labels.len() >= 500, "{}", labels.len());
    assert_eq!(unique.len(), labels.len(), "a label is given twice");
    let lexicon = lexicon::built_in();
    assert!(lexicon.automaton.is_some());
    for skill in &lexicon.skills {
        for implied in &skill.implies {
            assert!(
                unique.contains(implied),
                "{} implies unknown {implied}",
                skill.label
            );
        }
    }
    for (pattern, terms) in lexicon.terms.iter().enumerate() {
        let firm: HashSet<(usize, Option<&str>)> =
            terms.iter().map(|term| (term.skill, term.exact)).collect();
        let readings: HashSet<Option<&str>> = terms.iter().map(|term| term.exact).collect();
        assert_eq!(
            firm.len(),
            readings.len(),
            "pattern {pattern} names two skills: {terms:?} {}",
            lexicon.skills[terms[0].skill].label
        );
    }
}

#[test]
fn skills_are_found_in_three_languages() {
    let check = |text: &str, expected: &[&str]| assert_eq!(names(text), expected, "{text}");
    check(
        "Experience with Postgres, k8s and TypeScript.",
        &["PostgreSQL", "Kubernetes", "TypeScript"],
    );
    check("A solid understanding of Linux plumbing", &["Linux"]);
    check("Experience in plumbing", &["Plumbing"]);
    check(
        "Patient care and wound care on the ward",
        &["Patient care", "Wound care"],
    );
    check(
        "Erfahrung in Wundversorgung und Pflegeplanung",
        &["Wound care", "Care planning"],
    );
    check(
        "Soins infirmiers et soins palliatifs",
        &["Nursing", "Palliative care"],
    );
    check(
        "Buchhaltung mit DATEV, Umsatzsteuer",
        &["Accounting", "DATEV", "VAT"],
    );
    check(
        "Kommissionierung, Staplerschein, Wareneingang",
        &["Order picking", "Forklift operation", "Goods receipt"],
    );
    check("Gestion de projet et CRM", &["Project management", "CRM"]);
    check("Übersetzung und Unterricht", &["Translation", "Teaching"]);
    check(
        "design of REST APIs and microservices",
        &["REST APIs", "Microservices"],
    );
    check("C++/C#, Node.js, .NET", &["C++", "C#", "Node.js", ".NET"]);
    check(
        "Ada, ada@example.net, www.ada.net. We use ASP.NET.",
        &[".NET"],
    );
    check("Write to jobs@example.net", &[]);
    check("", &[]);
}

#[test]
fn a_word_with_two_meanings_needs_its_surroundings() {
    let check = |text: &str, skill: &str, expected: bool| {
        assert_eq!(
            names(text).iter().any(|found| found == skill),
            expected,
            "{skill}: {text}"
        );
    };
    check("5+ years of Rust", "Rust", true);
    check("We use Rust, Python and Kafka", "Rust", true);
    check("Rust engineer", "Rust", true);
    check("Cisco TrustSec experience", "Rust", false);
    check("Remove rust from steel parts", "Rust", false);
    check("Rust protection of vehicles", "Rust", false);
    check("Services written in Go", "Go", true);
    check("Juju Software Engineer - Go", "Go", true);
    check("Python/Go on Kubernetes", "Go", true);
    check("Go above and beyond for patients", "Go", false);
    check("our Go-to-market team with Python and SQL", "Go", false);
    check("Go live with PostgreSQL and Kafka", "Go", false);
    check("Statistics with R and Python", "R", true);
    check("Work with the R&D team, Python and SQL", "R", false);
    check("Keep the A/R ledgers with Python and SQL", "R", false);
    check("Python/R/SQL", "R", true);
    check("Knowledge of C and C++", "C", true);
    check("Present to C-level customers, SQL, Python", "C", false);
    check("Vitamin C, SQL, Python", "C", false);
    check("Series C funding", "C", false);
    check("Führerschein Klasse C", "C", false);
    check("iOS apps in Swift", "Swift", true);
    check("A Swift response to customers", "Swift", false);
    check("Java with Spring and Hibernate", "Spring", true);
    check("Starting in Spring 2026, Python and SQL", "Spring", false);
    check("Sehr gute Excel-Kenntnisse", "Microsoft Excel", true);
    check("Advanced Excel", "Microsoft Excel", true);
    check("You excel in teams", "Microsoft Excel", false);
    check("Excel in a fast-paced team", "Microsoft Excel", false);
    check("Word, Excel and PowerPoint", "Microsoft Excel", true);
    check("Access to a gym", "Microsoft Access", false);
    check("Knowledge of Excel, Access", "Microsoft Access", true);
    check("Node.js and Express", "Express", true);
    check("Express your interest", "Express", false);
    check("Flutter and Dart", "Dart", true);
    check("javascript only", "Java", false);
    check("a team that scales", "Scala", false);
}

#[test]
fn need_follows_headings_and_words() {
    let check = |text: &str, skill: &str, expected: Need| {
        let found = find(text).into_iter().find(|found| found.skill == skill);
        assert_eq!(
            found.map(|found| found.need),
            Some(expected),
            "{skill}: {text}"
        );
    };
    check("Requirements\n- Python\n- SQL", "SQL", Need::Required);
    check(
        "Requirements:\n- Python\nNice to have\n- Docker",
        "Docker",
        Need::Optional,
    );
    check("What you'll do\n- Build with Python", "Python", Need::Named);
    check(
        "Requirements\n- SQL\nResponsibilities:\n- Docker",
        "Docker",
        Need::Named,
    );
    check(
        "Dein Profil\n- Pflegeplanung\n- Erfahrung in Onkologie von Vorteil",
        "Care planning",
        Need::Required,
    );
    check(
        "Dein Profil\n- Pflegeplanung\n- Erfahrung in Onkologie von Vorteil",
        "Oncology",
        Need::Optional,
    );
    check(
        "Votre profil\n- Comptabilité\n- Xero serait un atout",
        "Xero",
        Need::Optional,
    );
    check(
        "Requirements\n- Python (Docker is a plus)",
        "Python",
        Need::Required,
    );
    check(
        "Python is required, Kafka is a bonus.",
        "Python",
        Need::Required,
    );
    check(
        "Python is required, Kafka is a bonus.",
        "Kafka",
        Need::Optional,
    );
    check(
        "Python required; Docker not required.",
        "Docker",
        Need::Optional,
    );
    check(
        "We use Docker.\nRequirements\n- Docker",
        "Docker",
        Need::Required,
    );
    check(
        "You must have a forklift licence.",
        "Forklift operation",
        Need::Required,
    );
}

#[test]
fn what_the_employer_gives_is_not_asked() {
    assert_eq!(
        names("Benefits\n- Training in first aid\nRequirements\n- SQL"),
        ["SQL"]
    );
    assert_eq!(
        names("Wir bieten:\n- Coaching\nDein Profil:\n- Buchhaltung"),
        ["Accounting"]
    );
}

#[test]
fn years_belong_to_the_skill_they_stand_with() {
    let check = |text: &str, skill: &str, expected: Option<u8>| {
        let found = find(text)
            .into_iter()
            .find(|found| found.skill == skill)
            .expect("found");
        assert_eq!(found.years, expected, "{skill}: {text}");
    };
    check("5+ years of Rust experience", "Rust", Some(5));
    check("3-5 years with Python and SQL", "SQL", Some(3));
    check("Mindestens 3 Jahre Buchhaltung", "Accounting", Some(3));
    check("Au moins 2 ans de comptabilité", "Accounting", Some(2));
    check("Python (4 years), Docker", "Python", Some(4));
    check("Python (4 years), Docker", "Docker", Some(4));
    check("5 years of Python, 2 years of Kafka", "Kafka", Some(2));
    check("Python since 1991 and for 40 years", "Python", None);
    check("three or more years of nursing", "Nursing", Some(3));
    check("nine years of nursing", "Nursing", Some(9));
    check("Almost 20 years ago we began with Linux.", "Linux", None);
    check("Zwölf Jahre Erfahrung mit Python", "Python", Some(12));
}

#[test]
fn a_skill_is_named_once_with_its_sentence() {
    let found = find("Python. Python! Python, Python and SQL.\nRequirements\n- Python 3");
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].evidence, "- Python 3");
    assert_eq!(found[0].need, Need::Required);
    let long = format!("Python {}", "x ".repeat(500));
    assert!(find(&long)[0].evidence.chars().count() <= 200);
}

#[test]
fn a_skill_brings_what_it_implies() {
    assert_eq!(implied("PostgreSQL"), ["SQL"]);
    assert_eq!(implied("Next.js"), ["React", "JavaScript"]);
    assert!(implied("Nursing").is_empty());
    assert_eq!(category("Nursing"), Some(Category::Health));
    assert_eq!(category("no such skill"), None);
}

#[test]
fn a_long_text_is_searched_fast() {
    let text =
        "Experience with Python, Go and Kubernetes in a team of R engineers. c c c r r r go go\n"
            .repeat(2000);
    let start = std::time::Instant::now();
    assert!(!find(&text).is_empty());
    assert!(
        start.elapsed() < std::time::Duration::from_secs(10),
        "{:?}",
        start.elapsed()
    );
}

#[test]
fn a_posting_asks_for_what_the_lexicon_lacks_too() {
    let text = "Requirements\n- Experience with Rust and knowledge of the Zephyr framework\n\
                - You have worked with the HL7 standard and with Kafka";
    let found = find_asked(text, &Aliases::default());
    let unknown: Vec<_> = found
        .iter()
        .filter(|found| category(&found.skill).is_none())
        .collect();
    assert!(!unknown.is_empty(), "{found:?}");
    for found in &unknown {
        assert!(found.evidence.contains(&found.skill), "{found:?}");
        assert_eq!(found.need, Need::Required);
    }
    let known = found
        .iter()
        .filter(|found| category(&found.skill).is_some())
        .cloned();
    assert_eq!(known.collect::<Vec<_>>(), find(text));
    let german = "Anforderungen\n- Erfahrung mit Rust und Kenntnisse des Rahmenwerks Zephyr";
    assert_eq!(find_asked(german, &Aliases::default()), find(german));
}

#[test]
fn mentions_are_in_order_and_know_the_lexicon() {
    let text = "Experience with PostgreSQL and Kubernetes is required.";
    let skills: Vec<_> = mentions(text)
        .into_iter()
        .map(|mention| (&text[mention.range], mention.skill))
        .collect();
    assert_eq!(
        skills,
        [
            ("PostgreSQL", Some("PostgreSQL")),
            ("Kubernetes", Some("Kubernetes"))
        ]
    );
}
