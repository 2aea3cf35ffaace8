//! Likes and hides: what they move, what they leave alone, and how they are undone.

use agent_core::{
    ids::JobId,
    matching::{
        Outcome,
        feedback::{Feature, FeatureKind, Rule, RuleAction},
    },
};
use agent_store::{JobFilter, Mark, NewSearch, Said, SearchOptions, StoreError, WriteTx};

use crate::support::{self, Corpus, at, key, standing};

/// Six bakers of an agency, a baker and two welders; the agency's are the better ones.
async fn corpus() -> Corpus {
    let corpus = Corpus::new().await;
    let mut jobs = Vec::new();
    for number in 0..6 {
        let title = format!(
            "Baker {}",
            ["one", "two", "three", "four", "five", "six"][number]
        );
        let mut seen = corpus.job(&format!("agency-{number}"), &title, "Bread.");
        seen.job.agency = Some(true);
        seen.job.company = format!("Client {number}");
        jobs.push(seen);
    }
    jobs.push(corpus.job("baker", "Night Baker", "Bread."));
    jobs.push(corpus.job("welder", "Welder", "Steel."));
    jobs.push(corpus.job("fails", "Welder abroad", "Steel."));
    corpus.ingest(1, jobs).await;
    corpus
        .store
        .write(|tx| {
            support::rank(tx, &key(1), |title| match title {
                "Night Baker" => standing(Outcome::Pass, 70.0),
                "Welder" => standing(Outcome::Pass, 71.0),
                "Welder abroad" => standing(Outcome::Fail, 99.0),
                _ => standing(Outcome::Pass, 90.0),
            })
        })
        .await
        .unwrap();
    corpus
}

async fn say(corpus: &Corpus, job: &str, said: Said, second: i64) -> bool {
    let id = corpus.id(job);
    corpus
        .store
        .write(move |tx| {
            let changed = tx.say_of_job(id, said, "my\u{1b}[2J reason", at(second))?;
            tx.apply_feedback(at(second))?;
            Ok(changed)
        })
        .await
        .unwrap()
}

async fn write<T: Send + 'static>(
    corpus: &Corpus,
    work: impl FnOnce(&mut WriteTx<'_>) -> Result<T, StoreError> + Send + 'static,
) -> T {
    corpus.store.write(work).await.unwrap()
}

async fn listed(corpus: &Corpus, hidden: bool) -> Vec<JobId> {
    let filter = JobFilter {
        include_hidden: hidden,
        limit: 50,
        ..JobFilter::default()
    };
    let list = corpus.store.read(move |r| r.list_jobs(&filter)).await;
    let list = list.unwrap();
    assert_eq!(list.total as usize, list.rows.len());
    list.rows.into_iter().map(|row| row.id).collect()
}

#[tokio::test]
async fn a_like_moves_jobs_and_leaves_scores_and_outcomes_as_they_are() {
    let corpus = corpus().await;
    let before = listed(&corpus, false).await;
    let (baker, welder) = (corpus.id("baker"), corpus.id("welder"));
    assert_eq!(before.len(), 8);
    assert_eq!(before[6..], [welder, baker]);
    let scores = async || {
        let id = baker;
        let row = corpus.store.read(move |r| r.job_row(id)).await.unwrap();
        row.unwrap().standing
    };
    let score = scores().await;
    assert!(say(&corpus, "baker", Said::Like, 5).await);
    assert!(!say(&corpus, "baker", Said::Like, 6).await, "nothing new");
    let after = listed(&corpus, false).await;
    assert_eq!(after[6..], [baker, welder], "the liked one goes before");
    assert_eq!(scores().await, score);
    let (points, others) = corpus
        .store
        .read(move |r| Ok((r.feedback_points(baker)?, r.feedback_points(welder)?)))
        .await
        .unwrap();
    assert!(points > 1.0 && points <= 8.0, "{points}");
    assert!(others < points, "{others}");
    // No like brings in what breaks a limit.
    assert!(say(&corpus, "fails", Said::Like, 7).await);
    assert!(!listed(&corpus, false).await.contains(&corpus.id("fails")));

    say(&corpus, "fails", Said::Undo, 8).await;
    assert!(say(&corpus, "baker", Said::Undo, 8).await);
    assert_eq!(
        listed(&corpus, false).await,
        before,
        "as if it was never said"
    );
    let events = corpus.events().await;
    let said: Vec<&str> = events
        .iter()
        .map(|(kind, _)| kind.as_str())
        .filter(|kind| kind.starts_with("feedback."))
        .collect();
    assert_eq!(
        said,
        [
            "feedback.liked",
            "feedback.liked",
            "feedback.unliked",
            "feedback.unliked"
        ]
    );
}

#[tokio::test]
async fn a_hidden_job_leaves_the_list_and_comes_back() {
    let corpus = corpus().await;
    let before = listed(&corpus, false).await;
    assert!(say(&corpus, "welder", Said::Hide, 5).await);
    let welder = corpus.id("welder");
    assert!(!listed(&corpus, false).await.contains(&welder));
    assert!(listed(&corpus, true).await.contains(&welder));
    let (mark, entries, hidden) = corpus
        .store
        .read(move |r| Ok((r.mark_of(welder)?, r.feedback(10)?, r.hidden_count()?)))
        .await
        .unwrap();
    let mark = mark.unwrap();
    assert_eq!((mark.mark, mark.reason.as_str()), (Mark::Hide, "my reason"));
    assert_eq!((entries.len(), hidden), (1, 1));
    assert!(say(&corpus, "welder", Said::Undo, 6).await);
    assert_eq!(listed(&corpus, false).await, before);
    let raw = corpus.raw().await;
    assert!(raw.execute("UPDATE feedback SET reason = 'x'", []).is_err());
    let rows: u32 = raw
        .query_row("SELECT count(*) FROM feedback", [], |row| row.get(0))
        .unwrap();
    assert_eq!(rows, 2, "what was said is kept");
}

#[tokio::test]
async fn a_new_job_meets_what_was_learned_and_old_ones_are_not_looked_at_again() {
    let corpus = corpus().await;
    say(&corpus, "baker", Said::Like, 5).await;
    let again = write(&corpus, |tx| tx.apply_feedback(at(6))).await;
    assert_eq!((again.looked_at, again.changed), (0, 0));
    corpus
        .ingest(7, vec![corpus.job("more", "Night Baker", "Rolls.")])
        .await;
    let applied = write(&corpus, |tx| tx.apply_feedback(at(8))).await;
    assert_eq!((applied.looked_at, applied.changed), (1, 1));
    let id = corpus.id("more");
    let points = corpus.store.read(move |r| r.feedback_points(id)).await;
    assert!(points.unwrap() > 1.0);
}

#[tokio::test]
async fn a_rule_is_proposed_shows_what_it_would_do_does_it_and_is_undone() {
    let corpus = corpus().await;
    for number in 0..4 {
        say(&corpus, &format!("agency-{number}"), Said::Hide, 5 + number).await;
    }
    let proposed = async || {
        let proposals = corpus.store.read(|r| r.proposed_rules(at(20))).await;
        proposals.unwrap()
    };
    assert_eq!(proposed().await, [], "four are too few");
    say(&corpus, "agency-4", Said::Hide, 9).await;
    let proposals = proposed().await;
    let words: Vec<String> = proposals.iter().map(|one| one.rule.to_string()).collect();
    assert_eq!(words, ["hide openings posted by agencies"], "{proposals:?}");
    let rule = proposals[0].rule.clone();
    let (wanted, sixth) = (rule.clone(), corpus.id("agency-5"));
    let preview = corpus
        .store
        .read(move |r| r.preview_rule(&wanted, at(20), 20))
        .await
        .unwrap();
    assert_eq!(
        preview.effect.hidden,
        [sixth],
        "the others are hidden already"
    );
    assert_eq!(preview.listed, 3);

    let before = listed(&corpus, false).await;
    let accepted = rule.clone();
    let id = write(&corpus, move |tx| {
        let id = tx.accept_rule(&accepted, at(21))?;
        assert_eq!(tx.accept_rule(&accepted, at(22))?, id, "the same one");
        tx.apply_feedback(at(22))?;
        Ok(id)
    })
    .await;
    assert!(!listed(&corpus, false).await.contains(&sixth));
    assert_eq!(proposed().await, [], "it holds");
    let undone = write(&corpus, move |tx| {
        let undone = tx.undo_rule(id, at(23))?;
        assert!(!tx.undo_rule(id, at(24))?, "once");
        tx.apply_feedback(at(24))?;
        Ok(undone)
    })
    .await;
    assert!(undone);
    assert_eq!(listed(&corpus, false).await, before);
    let outcomes = corpus.raw().await;
    let failing: u32 = outcomes
        .query_row(
            "SELECT count(*) FROM matches WHERE outcome = 'fail'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(failing, 1, "no rule touches a limit");
}

#[tokio::test]
async fn a_preview_is_what_applying_the_rule_makes_of_the_list() {
    let corpus = corpus().await;
    say(&corpus, "welder", Said::Like, 5).await;
    for (action, kind, value) in [
        (RuleAction::Raise, FeatureKind::Title, "Night"),
        (RuleAction::Lower, FeatureKind::Title, "Welder"),
        (RuleAction::Hide, FeatureKind::Company, "ACME"),
    ] {
        let rule = Rule {
            action,
            feature: Feature {
                kind,
                value: value.to_owned(),
            },
        };
        let before = listed(&corpus, false).await;
        let wanted = rule.clone();
        let preview = corpus
            .store
            .read(move |r| r.preview_rule(&wanted, at(6), 2))
            .await
            .unwrap();
        let id = write(&corpus, move |tx| {
            let id = tx.accept_rule(&rule, at(7))?;
            tx.apply_feedback(at(7))?;
            Ok(id)
        })
        .await;
        let after = listed(&corpus, false).await;
        let found = agent_core::matching::feedback::effect(&before, &after, 2);
        assert_eq!(preview.effect, found, "{action:?} {value}");
        assert_ne!(before, after, "{action:?} {value}");
        write(&corpus, move |tx| {
            tx.undo_rule(id, at(8))?;
            tx.apply_feedback(at(8))
        })
        .await;
        assert_eq!(listed(&corpus, false).await, before);
    }
}

#[tokio::test]
async fn kept_searches_remember_what_they_found() {
    let corpus = corpus().await;
    let new = |query: &str| NewSearch {
        name: "Bread".to_owned(),
        query: query.to_owned(),
        narrow: "remote".to_owned(),
        options: SearchOptions::default(),
    };
    let (one, other) = (new("baker"), new("miller"));
    let found = [corpus.id("baker"), corpus.id("welder")];
    write(&corpus, move |tx| {
        tx.save_search(&one, at(1))?;
        tx.search_ran("BREAD", &found, at(2))?;
        tx.search_ran("nobody", &found, at(2))
    })
    .await;
    let (saved, hits) = corpus
        .store
        .read(|r| Ok((r.saved_search("bread")?, r.search_hits("bread")?)))
        .await
        .unwrap();
    let saved = saved.unwrap();
    assert_eq!(
        (saved.search.query.as_str(), saved.ran_at),
        ("baker", Some(at(2)))
    );
    assert_eq!(hits, found.into());
    // Another of the same name begins anew.
    write(&corpus, move |tx| tx.save_search(&other, at(3))).await;
    let (all, hits) = corpus
        .store
        .read(|r| Ok((r.saved_searches()?, r.search_hits("bread")?)))
        .await
        .unwrap();
    assert_eq!((all.len(), all[0].ran_at, hits.len()), (1, None, 0));
    let removed = write(&corpus, |tx| {
        assert!(tx.remove_search("bread")?);
        tx.remove_search("bread")
    });
    assert!(!removed.await);
}

#[tokio::test]
async fn jobs_like_a_job_share_skills_title_and_meaning() {
    use agent_core::skill::{Need, SkillMatch};
    use agent_store::Enrichment;

    let corpus = corpus().await;
    let skills = |names: &[&str]| -> Vec<SkillMatch> {
        let found = names.iter().map(|name| SkillMatch {
            skill: (*name).to_owned(),
            need: Need::Named,
            years: None,
            evidence: String::new(),
        });
        found.collect()
    };
    let jobs = [
        ("baker", skills(&["Sourdough", "Hygiene"]), [1.0, 0.0, 0.1]),
        ("agency-0", skills(&["Sourdough"]), [0.9, 0.1, 0.0]),
        ("agency-1", skills(&[]), [0.9, 0.1, 0.0]),
        ("welder", skills(&["TIG"]), [0.0, 1.0, 0.0]),
    ]
    .map(|(id, skills, vector)| (corpus.id(id), skills, vector));
    write(&corpus, move |tx| {
        for (job, skills, vector) in &jobs {
            tx.save_enrichment(&Enrichment {
                job: *job,
                revision: 1,
                lexicon: "1",
                skills,
                space: &support::space("a"),
                vector,
                title_vector: vector,
            })?;
        }
        Ok(())
    })
    .await;
    let similar = async || {
        let id = corpus.id("baker");
        let found = corpus
            .store
            .read(move |r| r.similar_jobs(id, &support::space("a"), 3))
            .await;
        found.unwrap()
    };
    let found = similar().await;
    let ids: Vec<JobId> = found.iter().map(|one| one.row.id).collect();
    let expected = ["agency-0", "agency-1", "welder"].map(|id| corpus.id(id));
    assert_eq!(ids, expected);
    assert_eq!(found[0].shared, ["Sourdough"]);
    assert_eq!(found[0].skills, 2);
    assert!(found[0].text > Some(0.9) && found[0].likeness > found[1].likeness);
    say(&corpus, "agency-0", Said::Hide, 9).await;
    assert_eq!(similar().await[0].row.id, expected[1]);

    // What was said of the nearest is told with the reason, whatever the likeness.
    say(&corpus, "welder", Said::Hide, 10).await;
    say(&corpus, "agency-1", Said::Like, 11).await;
    say(&corpus, "agency-2", Said::Hide, 12).await;
    say(&corpus, "baker", Said::Hide, 13).await;
    let near = async |mark, limit| {
        let id = corpus.id("baker");
        let found = corpus
            .store
            .read(move |r| r.nearest_marked(id, &support::space("a"), mark, limit))
            .await;
        found.unwrap()
    };
    let hidden = near(Mark::Hide, 3).await;
    // Neither the job itself nor one without a vector is among them.
    let ids: Vec<JobId> = hidden.iter().map(|one| one.entry.row.id).collect();
    assert_eq!(ids, [expected[0], expected[2]]);
    assert!(hidden[0].cosine > 0.9 && hidden[1].cosine < 0.1);
    assert!(hidden[0].entry.mark.reason.contains("reason"));
    assert_eq!(near(Mark::Hide, 1).await.len(), 1);
    let liked = near(Mark::Like, 3).await;
    assert_eq!(liked.len(), 1);
    assert_eq!(liked[0].entry.mark.mark, Mark::Like);
}
