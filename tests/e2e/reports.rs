//! From a sync to a report, from a report to a skill that was learned, and back.

mod page;

use std::{collections::HashSet, fs, path::PathBuf, process::Command};

use agent_core::{
    matching::{Brief, Judge, Outcome, Person, Weights},
    profile::Month,
    report::{Tally, Trial},
};
use agent_store::{ReportScope, Store};
use practice::PracticeOptions;
use serde_json::Value;

use self::page::Page;
use crate::harness::{Home, employer};

const TODAY: Month = Month {
    year: 2026,
    month: 6,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_report_leads_to_a_skill_and_the_next_one_shows_what_it_unlocked() {
    let employer = employer(PracticeOptions::default()).await;
    let mut home = Home::that_read(&employer).await;
    home.start();
    // A line that some skill helps over; which depends on the written boards.
    let gap_at =
        |home: &Home, line: u32| home.json(&["report", "skill-gap", "--score", &line.to_string()]);
    let (line, gap) = (50..=85)
        .step_by(5)
        .map(|line| (line, gap_at(&home, line)))
        .max_by_key(|(_, gap)| gap["missing"][0]["unlocks"].as_u64())
        .unwrap();
    let best = &gap["missing"][0];
    let (skill, unlocks) = (best["skill"].as_str().unwrap(), best["unlocks"].as_u64());
    assert!(unlocks > Some(0), "{gap}");
    let posting = &best["postings"][0];
    assert!(
        posting["score_with"].as_f64() >= Some(f64::from(line)),
        "{posting}"
    );
    home.json(&["jobs", "show", posting["job"].as_str().unwrap()]);
    // What is within reach is what the list says.
    let filter = format!("score>={line}");
    let listed = home.json(&["jobs", "list", "--where", &filter]);
    assert_eq!(listed["total"], gap["about"]["reached"], "{listed}");

    home.json(&["learn", "start", skill]);
    let path = home.json(&["report", "learning-path", "--score", &line.to_string()]);
    let steps = path["steps"].as_array().unwrap();
    let step = steps.iter().find(|step| step["skill"] == skill).unwrap();
    assert!(step["learning_since"].is_string(), "{step}");
    assert!(
        gap_at(&home, line)["missing"]
            .to_string()
            .contains("learning_since\":\"20")
    );
    let unasked = home.refused(&["learn", "done", skill], 1);
    assert!(unasked.contains("--yes"), "{unasked}");
    assert!(
        home.refused(&["learn", "start", "zephyrine"], 1)
            .contains("skill-gap")
    );

    home.json(&["learn", "done", skill, "--yes"]);
    home.stop();
    home.start();
    let next = gap_at(&home, line);
    assert!(
        next["about"]["reached"].as_u64() > gap["about"]["reached"].as_u64(),
        "{skill} at {line}: {} were within reach, then {next}",
        gap["about"]["reached"]
    );
    let has = |list: &Value| {
        let mut list = list.as_array().unwrap().iter();
        list.any(|one| one["skill"] == skill)
    };
    assert!(has(&next["held"]) && !has(&next["missing"]), "{next}");
    let learned = home.json(&["learn", "list"]);
    assert_eq!(learned["skills"][0]["state"], "done", "{learned}");

    // The same report again is the same number; the old one is kept as it was.
    let kept = |home: &Home| home.json(&["report", "list"])["reports"].clone();
    let before = kept(&home);
    gap_at(&home, line);
    assert_eq!(
        kept(&home).as_array().unwrap().len(),
        before.as_array().unwrap().len()
    );
    let oldest = before.as_array().unwrap().last().unwrap()["id"].to_string();
    let shown = home.json(&["report", "show", &oldest]);
    assert_eq!(shown["kind"], "skill-gap");
    assert!(
        home.refused(&["report", "show", "99999"], 1)
            .contains("report skill-gap")
    );
    let wrong = home.refused(&["report", "skill-gap", "--where", "shoe>42"], 1);
    assert!(wrong.contains("filter"), "{wrong}");
    looked_at(&home, line).await;
}

/// The HTML in a real browser without a network: nothing is asked for, nothing
/// complains, in the light and in the dark; printed, it reads as text.
async fn looked_at(home: &Home, line: u32) {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("reports");
    fs::create_dir_all(&folder).unwrap();
    let page = Page::start();
    for kind in ["skill-gap", "learning-path"] {
        let file = folder.join(format!("{kind}.html"));
        let out = file.to_str().unwrap();
        home.json(&["report", kind, "--score", &line.to_string(), "--out", out]);
        page.open(&file);
        for scheme in ["light", "dark"] {
            let picture = page.picture(scheme);
            assert!(picture.len() > 10_000, "{kind} {scheme}: {}", picture.len());
            fs::write(folder.join(format!("{kind}-{scheme}.png")), picture).unwrap();
        }
        assert_eq!(page.complaints(), Vec::<String>::new());
        let asked: Vec<String> = page.asked_for();
        let others = asked.iter().filter(|url| !url.starts_with("file://"));
        assert_eq!(others.count(), 0, "{asked:?}");
        assert_eq!(page.run("return document.scripts.length"), 0);
        let named = "return [...document.querySelectorAll('svg')].every(one => one.querySelector('title').textContent && one.querySelector('desc').textContent)";
        assert_eq!(page.run(named), true);
        let printed = folder.join(format!("{kind}.pdf"));
        fs::write(&printed, page.printed()).unwrap();
        let text = Command::new("pdftotext")
            .arg(&printed)
            .arg("-")
            .output()
            .unwrap();
        let text = String::from_utf8(text.stdout).unwrap();
        assert!(text.contains("How it was counted"), "{text}");
        assert!(
            text.contains("within reach") || text.contains("What is missing"),
            "{text}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn on_the_written_boards_unlocks_are_what_brute_force_gives() {
    let employer = employer(PracticeOptions::default()).await;
    let home = Home::that_read(&employer).await;
    equals_brute_force(&home).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_recorded_boards_unlocks_are_what_brute_force_gives() {
    let Some(data) = std::env::var_os("AGENT_DATA").map(|data| PathBuf::from(data).join("portals"))
    else {
        eprintln!("skipped: AGENT_DATA names no recorded sessions");
        return;
    };
    if !data.join("index.json").is_file() {
        eprintln!("skipped: {} holds no recorded sessions", data.display());
        return;
    }
    let sessions = ["canonical-2023-08-08", "amplitude", "idealist"];
    let employer = employer(PracticeOptions {
        data: Some(data),
        sessions: sessions.map(str::to_owned).to_vec(),
        ..PracticeOptions::default()
    })
    .await;
    let mut home = Home::practice(&employer);
    home.set_up(&employer);
    home.json(&["sync"]);
    home.stop();
    equals_brute_force(&home).await;
}

/// Every missing skill, tried on every job of the home with nothing left out.
async fn equals_brute_force(home: &Home) {
    let file = agent_api::paths::Home::at(home.path(), &Default::default()).unwrap();
    let store = Store::open(file.database()).unwrap();
    let read = store.read(|reader| {
        let person = reader.person_at(i64::MAX)?;
        Ok((
            person,
            reader.report_jobs(&ReportScope::default(), None, u32::MAX)?,
        ))
    });
    let (person, jobs) = read.await.unwrap();
    let (profile, prefs) = person.unwrap();
    let judge = |skills: &[&str]| {
        let mut profile = profile.clone();
        for skill in skills {
            profile.skills.push(agent_core::profile::Fact {
                text: (*skill).to_owned(),
                line: None,
            });
        }
        Judge::new(
            Person::new(profile, prefs.clone(), TODAY),
            Weights::default(),
            &[],
        )
    };
    let own = judge(&[]);
    let (mut unlocked, mut tried) = (0, 0);
    for line in [50.0, 60.0, 70.0] {
        let mut tally = Tally::new(line);
        for job in &jobs {
            tally.add(job.id, &own, &Brief::read(&job.brief).unwrap());
        }
        let missing: Vec<String> = tally.missing(&own).into_iter().take(40).collect();
        let distinct: HashSet<&String> = missing.iter().collect();
        assert_eq!(distinct.len(), missing.len());
        let supposed = missing
            .iter()
            .map(|skill| own.supposing(&[skill.as_str()], &[], TODAY));
        let trial = Trial::new(supposed.collect(), line);
        let mut gains = trial.empty();
        for job in &jobs {
            trial.add(&mut gains, job.id, &own, &Brief::read(&job.brief).unwrap());
        }
        for (skill, gain) in missing.iter().zip(&gains) {
            let with = judge(&[skill.as_str()]);
            let reached = |judge: &Judge| {
                let reached = jobs.iter().filter(|job| {
                    let standing = judge.weigh(&Brief::read(&job.brief).unwrap());
                    standing.outcome != Outcome::Fail && standing.score >= line
                });
                reached.count()
            };
            let more = reached(&with) - reached(&own);
            assert_eq!(gain.gained as usize, more, "{skill} at {line}");
            assert_eq!(gain.lost, 0, "{skill}");
            unlocked += more;
            tried += 1;
        }
    }
    eprintln!(
        "{} jobs, {tried} skills tried, {unlocked} unlocked",
        jobs.len()
    );
    assert!(tried > 10, "{tried}");
    store.close().await;
}
