//! The sample CVs, read with exact expectations, and files that are no CV.

use std::fmt::Write as _;

use super::*;

/// A profile as lines, each fact with the number of its line.
fn shown(reading: &Reading) -> String {
    let Reading {
        profile,
        format,
        questions,
    } = reading;
    let mut out = String::new();
    let text = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".into());
    let month = |month: Option<Month>| month.map_or("-".into(), |m| m.to_string());
    let line = |line: Option<u32>| line.map_or("-".into(), |line| line.to_string());
    let _ = writeln!(out, "{} ({})", profile.name, format.name());
    let _ = writeln!(out, "headline  {}", text(&profile.headline));
    let _ = writeln!(out, "email     {}", text(&profile.email));
    let _ = writeln!(out, "phone     {}", text(&profile.phone));
    let _ = writeln!(out, "location  {}", text(&profile.location));
    let _ = writeln!(out, "links     {}", profile.links.join(" "));
    let _ = writeln!(out, "summary   {}", text(&profile.summary));
    for held in &profile.work {
        let span = format!("{} to {}", month(held.start), month(held.end));
        let _ = writeln!(
            out,
            "work      {} @ {} | {span} | line {}",
            held.title,
            text(&held.employer),
            line(held.line)
        );
        for fact in &held.highlights {
            let _ = writeln!(out, "          {:>3} {}", line(fact.line), fact.text);
        }
    }
    for one in &profile.education {
        let span = format!("{} to {}", month(one.start), month(one.end));
        let _ = writeln!(
            out,
            "education {} @ {} | {span} | line {}",
            text(&one.degree),
            one.institution,
            line(one.line)
        );
    }
    for (label, facts) in [("skill", &profile.skills), ("cert", &profile.certificates)] {
        for fact in facts {
            let _ = writeln!(out, "{label:<9} {:>3} {}", line(fact.line), fact.text);
        }
    }
    for made in &profile.projects {
        let rest = [
            made.lines().split_off(1),
            made.links.iter().map(String::as_str).collect(),
        ];
        let _ = writeln!(
            out,
            "project   {:>3} {} | {}",
            line(made.line),
            made.name,
            rest.concat().join(" | ")
        );
    }
    for spoken in &profile.languages {
        let _ = writeln!(
            out,
            "language  {:>3} {} {}",
            line(spoken.line),
            spoken.code,
            text(&spoken.fluency)
        );
    }
    for question in questions {
        let _ = writeln!(out, "question  {question}");
    }
    out
}

fn sample(name: &str) -> Reading {
    let path = format!("{}/../../examples/cv/{name}", env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(&path).expect("the sample is there");
    from_bytes(name, &bytes).expect("the sample is a CV")
}

#[test]
fn the_sample_of_a_backend_engineer_is_read() {
    insta::assert_snapshot!(shown(&sample("backend-engineer.md")));
}

#[test]
fn the_sample_of_a_nurse_is_read() {
    insta::assert_snapshot!(shown(&sample("nurse.txt")));
}

#[test]
fn the_sample_of_a_german_teacher_is_read() {
    insta::assert_snapshot!(shown(&sample("teacher-de.md")));
}

#[test]
fn the_sample_of_an_accountant_is_read() {
    insta::assert_snapshot!(shown(&sample("accountant.json")));
}

#[test]
fn every_fact_stands_on_the_line_it_names() {
    for name in [
        "backend-engineer.md",
        "nurse.txt",
        "teacher-de.md",
        "accountant.json",
    ] {
        let Profile {
            work,
            skills,
            certificates,
            text,
            ..
        } = sample(name).profile;
        let lines: Vec<&str> = text.lines().collect();
        let highlights = work.iter().flat_map(|held| &held.highlights);
        let facts: Vec<_> = highlights.chain(&skills).chain(&certificates).collect();
        assert!(facts.len() > 10, "{name}");
        for fact in facts {
            let line = lines[fact.line.expect("a line") as usize - 1].replace("**", "");
            let start: String = fact.text.chars().take(25).collect();
            assert!(line.contains(&start), "{name}: “{start}” in “{line}”");
        }
        for held in work {
            assert!(!held.title.is_empty(), "{name}");
            let line = lines[held.line.expect("a line") as usize - 1];
            let after = lines
                .get(held.line.expect("a line") as usize)
                .copied()
                .unwrap_or_default();
            assert!(
                format!("{line}\n{after}").contains(&held.title),
                "{name}: {} in “{line}”",
                held.title
            );
        }
    }
}

#[test]
fn the_demo_person_has_worked_for_eight_years_and_more() {
    let profile = sample("backend-engineer.md").profile;
    let years = profile.years_worked(Month {
        year: 2026,
        month: 1,
    });
    assert!((8.0..9.0).contains(&years), "{years}");
}

#[test]
fn newest_comes_first_when_all_are_dated() {
    let order = |cv: &str| {
        let profile = from_text(Format::Markdown, cv).expect("a CV").profile;
        let titles = profile.work.into_iter().map(|held| held.title);
        let degrees = profile.education.into_iter().map(|school| school.degree);
        titles.chain(degrees.flatten()).collect::<Vec<_>>()
    };
    for (cv, expected) in [
        (
            "Experience\n\nClerk, Acme (2010–2012)\n\nManager, Acme (2014 – today)\n\nAssistant, Acme (2012–2014)",
            ["Manager", "Assistant", "Clerk"].as_slice(),
        ),
        (
            "Work experience\n\nClerk, Acme (2010–2012)\n\nTeaching experience\n\nTeacher, Hill School (2014–2016)",
            &["Teacher", "Clerk"],
        ),
        (
            "Experience\n\n### Clerk, Acme\n- books\n\n### Manager, Acme (2014 – today)",
            &["Clerk", "Manager"],
        ),
        (
            "Education\n\nBSc Physics, Keele University, 2012–2015\nMSc Physics, Keele University, 2017",
            &["MSc Physics", "BSc Physics"],
        ),
    ] {
        assert_eq!(order(cv), expected, "{cv}");
    }
}

#[test]
fn files_that_are_no_cv_are_refused_with_what_to_do() {
    let large = vec![b'a'; MAX_BYTES + 1];
    for (name, bytes, says) in [
        ("a.md", b"".as_slice(), "empty"),
        ("a.txt", b" \n\t\n", "empty"),
        ("a.txt", b"\xff\xfe", "empty"),
        ("a.md", &large, "8 MiB"),
        (
            "a.md",
            &[0, 159, 146, 150, 0, 1, 2, 3, 255, 254, 7, 0],
            "not text",
        ),
        (
            "a.docx",
            b"PK\x03\x04 xl/workbook.xml",
            "save the CV as PDF",
        ),
        ("a.docx", b"PK\x03\x04 word/document.xml", "taken out first"),
        (
            "a.doc",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "older Word format",
        ),
        (
            "a.txt",
            b"Curriculum vit\xe6\nExperience\n",
            "line 1 is not UTF-8",
        ),
        ("a.pdf", b"%PDF-1.7 ...", "PDF"),
        (
            "a.json",
            b"{\"basics\": {\"name\": \"Ada\"",
            "JSON breaks off",
        ),
        ("a.json", b"{\"menu\": [1]}", "not a resume"),
        (
            "a.txt",
            b"Dear diary, today I went to the lake.",
            "no experience",
        ),
        ("a.md", b"# Shopping\n\n- milk\n- eggs", "no experience"),
    ] {
        let error = from_bytes(name, bytes).expect_err("no CV");
        assert!(error.to_string().contains(says), "{name}: {error}");
        assert_eq!(error.to_string().lines().count(), 1);
    }
}

#[test]
fn a_french_cv_in_utf16_is_read() {
    let cv = "Luc Petit\nDéveloppeur web\nNantes, France · luc@example.fr\n\nEXPÉRIENCE PROFESSIONNELLE\n\n\
              Développeur back-end chez Atelier Nord\nDepuis mars 2021\n• API en Go\n\n\
              Développeur, Maison Brune SARL (sept. 2018 – févr. 2021)\n• Site en PHP\n\n\
              FORMATION\n\nLicence informatique, Université de Nantes, 2018\n\nLANGUES\n\nFrançais (langue maternelle), anglais courant\n";
    let bytes: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(cv.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let reading = from_bytes("cv.txt", &bytes).expect("a CV");
    insta::assert_snapshot!(shown(&reading));
}

#[test]
fn p6_hostile_text_neither_breaks_the_reader_nor_reaches_the_profile() {
    let cv = "Ada \u{1b}[31mBell\u{202e}\nada@example.org\n\nExperience\n\nEngineer, Acme\u{7} (2019–2022)\n- did \u{1b}]0;x\u{7} it\n";
    let reading = from_bytes("cv.txt", cv.as_bytes()).expect("a CV");
    let all = format!("{:?}{}", reading.profile, reading.questions.join(""));
    assert!(
        !all.contains("\\u{1b}") && !all.contains("\\u{202e}") && !all.contains("\\u{7}"),
        "{all}"
    );
    assert_eq!(reading.profile.name, "Ada Bell");

    // Odd shapes, each far larger than a CV: an answer, and soon.
    for piece in [
        "(",
        "[a](",
        "- ",
        "2019 – ",
        "## Experience\n",
        "a, ",
        "** ",
        "€ä\u{301}",
        "Experience\nX, Y (2019–2020)\n",
    ] {
        let text = format!("Experience\n{}", piece.repeat(5_000));
        for format in [Format::Markdown, Format::Text, Format::JsonResume] {
            if let Ok(reading) = from_text(format, &text) {
                assert!(reading.questions.len() <= MAX_QUESTIONS + 1);
            }
        }
    }
}
