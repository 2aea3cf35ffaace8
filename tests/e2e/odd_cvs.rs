//! CVs few readers were written for: what is understood is kept with its line, what
//! is not is asked, and the text stays whole.

use std::fs;

use serde_json::Value;

use practice::PracticeOptions;

use crate::harness::{Home, employer};

/// Reads a CV, and gives what the daemon said of it and the profile it keeps.
fn read(home: &Home, name: &str, content: &str) -> (Value, Value) {
    let path = home.path().join(name);
    fs::write(&path, content).unwrap();
    let said = home.json(&["init", path.to_str().unwrap()]);
    let profile = home.json(&["profile", "export", "-"]);
    (said, profile)
}

fn asked(said: &Value) -> String {
    said["questions"].to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn cvs_of_other_tongues_lengths_and_dates_are_read_or_asked_about() {
    let employer = employer(PracticeOptions::default()).await;
    let mut home = Home::practice(&employer);
    home.start();

    let german = "# Jörg Müßig\n\njoerg@example.org · 10115 Berlin\n\n## Berufserfahrung\n\n\
        ### Elektroniker für Betriebstechnik · Stadtwerke Beispiel GmbH\n\n\
        *März 2018 – heute*\n\n- Wartung von Mittelspannungsanlagen\n\n\
        ## Kenntnisse\n\nSPS, AutoCAD\n\n## Sprachen\n\nDeutsch (Muttersprache), Englisch (B2)\n";
    let (said, profile) = read(&home, "german.md", german);
    assert_eq!(said["name"], "Jörg Müßig", "{said}");
    assert_eq!(said["positions"], 1, "{said}");
    assert!(profile.to_string().contains("2018-03"), "{profile}");

    for (name, cv, person, words) in [
        (
            "arabic.md",
            "# ليلى الهاشمي\n\nlayla@example.org · القاهرة\n\n## الخبرة المهنية\n\n\
             ### مهندسة برمجيات · شركة المثال\n\n*2019 – 2023*\n\n- Rust و PostgreSQL\n\n\
             ## المهارات\n\nRust, PostgreSQL\n",
            "ليلى الهاشمي",
            "شركة المثال",
        ),
        (
            "chinese.md",
            "# 张伟\n\nzhang@example.org · 上海\n\n## 工作经历\n\n\
             ### 后端工程师 · 示例公司\n\n*2019年3月 – 2023年5月*\n\n- 使用 Rust 和 PostgreSQL\n\n\
             ## 技能\n\nRust, PostgreSQL\n",
            "张伟",
            "示例公司",
        ),
    ] {
        let (said, profile) = read(&home, name, cv);
        assert_eq!(said["name"], person, "{said}");
        assert!(said["skills"].to_string().contains("Rust"), "{said}");
        let kept = profile.to_string();
        assert!(
            kept.contains(words) || asked(&said).contains(words),
            "{said}\n{profile}"
        );
    }

    let against = "# Ada Beispiel\n\nada@example.org\n\n## Experience\n\n\
        ### Engineer · Acme\n\n*June 2022 – March 2019*\n\n- Rust\n\n\
        ### Engineer · Borealis\n\n*January 2031 – Present*\n\n- Go\n\n## Skills\n\nRust, Go\n";
    let (said, _) = read(&home, "dates.md", against);
    assert!(asked(&said).contains("ends before it begins"), "{said}");
    // What has not begun is no experience yet, and the person is told.
    assert!(asked(&said).contains("begins in 2031-01"), "{said}");
    assert_eq!(said["years"], 0.0, "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cv_of_two_hundred_pages_or_ten_thousand_skills_is_read() {
    let employer = employer(PracticeOptions::default()).await;
    let mut home = Home::practice(&employer);
    home.start();

    let mut pages = String::from("# Ada Beispiel\n\nada@example.org\n\n## Experience\n\n");
    for year in 0..2_000 {
        let (from, to) = (1980 + year % 40, 1981 + year % 40);
        pages.push_str(&format!(
            "### Engineer · Employer No{year}\n\n*January {from} – January {to}*\n\n\
             - Built bridge {year} with Rust and PostgreSQL, to everyone's delight\n\n"
        ));
    }
    let (said, profile) = read(&home, "pages.md", &pages);
    assert_eq!(said["positions"], 2_000, "{said}");
    assert!(profile.to_string().contains("Employer No1999"));
    assert!(said["questions"].as_array().unwrap().len() <= 20, "{said}");

    // A text as Windows writes it, of a year without months.
    let wide = "Zoë Beispiel\nzoe@example.org\n\nExperience\n\nEngineer, Acme, 2019 – 2021\n\n\
        Skills\n\nRust\n";
    let bytes = [0xff_u8, 0xfe].into_iter();
    let bytes: Vec<u8> = bytes
        .chain(wide.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let path = home.path().join("wide.txt");
    fs::write(&path, bytes).unwrap();
    let said = home.json(&["init", path.to_str().unwrap()]);
    assert_eq!(
        (&said["name"], &said["years"]),
        (&"Zoë Beispiel".into(), &2.0.into())
    );
    let export = home.json(&["profile", "export", "-"]);
    assert_eq!(export["work"][0]["startDate"], "2019", "{export}");

    let skills: Vec<String> = (0..10_000)
        .map(|number| format!("Skill {number}"))
        .collect();
    let many = format!(
        "# Ada Beispiel\n\nada@example.org\n\n## Skills\n\nRust, {}\n",
        skills.join(", ")
    );
    let (said, profile) = read(&home, "skills.md", &many);
    assert!(
        said["skills"].to_string().contains("Rust"),
        "{}",
        asked(&said)
    );
    assert!(profile.to_string().contains("Skill 9999"));
    assert_eq!(profile["basics"]["name"], "Ada Beispiel");
}
