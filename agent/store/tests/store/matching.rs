use agent_core::{
    matching::{Outcome, Score, Verdict},
    skill::{Need, SkillMatch},
};
use agent_store::{Enrichment, RankKey, StoreError, VectorSpace};

use crate::support::{self, Corpus, key, space, standing};

fn skill() -> SkillMatch {
    SkillMatch {
        skill: "Baking".to_owned(),
        need: Need::Required,
        years: Some(3),
        evidence: "three years of baking".to_owned(),
    }
}

/// Enriches all that is due; gives how many that were.
async fn enrich(corpus: &Corpus, lexicon: &'static str, space: VectorSpace) -> usize {
    corpus
        .store
        .write(move |tx| {
            let due = tx.jobs_to_enrich(lexicon, &space, 0, 100)?;
            assert_eq!(due.len() as u32, tx.count_to_enrich(lexicon, &space)?);
            for one in &due {
                tx.save_enrichment(&Enrichment {
                    job: one.job.id,
                    revision: one.revision,
                    lexicon,
                    skills: &[skill()],
                    space: &space,
                    vector: &[1.0, 0.0, 0.0],
                    title_vector: &[0.0, 2.0, 0.0],
                })?;
            }
            Ok(due.len())
        })
        .await
        .unwrap()
}

/// Ranks all that is due; gives how many that were.
async fn rank(corpus: &Corpus, key: RankKey) -> usize {
    corpus
        .store
        .write(move |tx| support::rank(tx, &key, |_| standing(Outcome::Pass, 50.0)))
        .await
        .unwrap()
}

#[tokio::test]
async fn a_job_is_due_for_reading_when_it_or_the_reader_changed() {
    let mut corpus = Corpus::new().await;
    corpus
        .ingest(
            1,
            vec![
                corpus.job("1", "Baker", "Bread."),
                corpus.job("2", "Cook", "Soup."),
            ],
        )
        .await;
    assert_eq!(enrich(&corpus, "l1", space("a")).await, 2);
    assert_eq!(enrich(&corpus, "l1", space("a")).await, 0, "nothing twice");
    assert_eq!(
        enrich(&corpus, "l2", space("a")).await,
        2,
        "another lexicon"
    );
    assert_eq!(enrich(&corpus, "l2", space("b")).await, 2, "another space");
    corpus.next_run().await;
    corpus
        .ingest(2, vec![corpus.job("1", "Baker", "Cake.")])
        .await;
    assert_eq!(
        enrich(&corpus, "l2", space("b")).await,
        1,
        "another content"
    );

    let id = corpus.id("1");
    let skills = corpus.store.read(move |r| r.job_skills(id)).await.unwrap();
    assert_eq!(skills, [skill()]);
}

#[tokio::test]
async fn a_job_is_due_for_ranking_when_it_the_person_or_the_reading_changed() {
    let mut corpus = Corpus::new().await;
    corpus
        .ingest(1, vec![corpus.job("1", "Baker", "Bread.")])
        .await;
    assert_eq!(rank(&corpus, key(1)).await, 1, "also before it was read");
    assert_eq!(rank(&corpus, key(1)).await, 0, "nothing twice");
    enrich(&corpus, "l1", space("a")).await;
    assert_eq!(rank(&corpus, key(1)).await, 1, "after reading");
    assert_eq!(rank(&corpus, key(2)).await, 1, "another profile");
    let other_weights = RankKey {
        weights: "v".to_owned(),
        ..key(2)
    };
    assert_eq!(
        rank(&corpus, other_weights.clone()).await,
        1,
        "other weights"
    );
    corpus.next_run().await;
    corpus
        .ingest(2, vec![corpus.job("1", "Head baker", "Bread.")])
        .await;
    assert_eq!(
        rank(&corpus, other_weights.clone()).await,
        1,
        "another fact"
    );

    let id = corpus.id("1");
    let kept = corpus
        .store
        .read(move |r| r.match_of(id))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(kept.key, other_weights);
    assert_eq!(kept.standing, standing(Outcome::Pass, 50.0));
    assert!(!kept.due);
    assert_eq!((kept.basis.revision, kept.basis.enrichment), (2, 1));
}

#[tokio::test]
async fn a_job_that_changed_while_it_was_judged_is_due_again() {
    let mut corpus = Corpus::new().await;
    corpus
        .ingest(1, vec![corpus.job("1", "Baker", "Bread.")])
        .await;
    assert_eq!(rank(&corpus, key(1)).await, 1);
    corpus.next_run().await;
    corpus
        .ingest(2, vec![corpus.job("1", "Baker", "Cake.")])
        .await;
    let due = corpus
        .store
        .read(|r| r.queued(&space("a"), 10))
        .await
        .unwrap();
    corpus.next_run().await;
    corpus
        .ingest(3, vec![corpus.job("1", "Baker", "Pie.")])
        .await;
    let late = due[0].judged(Vec::new(), standing(Outcome::Pass, 50.0));
    let still_due = corpus
        .store
        .write(move |tx| {
            tx.save_judged(&key(1), &[late])?;
            tx.count_queued()
        })
        .await
        .unwrap();
    assert_eq!(still_due, 1);
    assert_eq!(rank(&corpus, key(1)).await, 1);
}

#[tokio::test]
async fn only_what_changed_is_judged_again() {
    let mut corpus = Corpus::new().await;
    let source = corpus.source;
    let job = |n: i32, text| support::job(source, &n.to_string(), &format!("Baker {n}"), text);
    let jobs = || (0..20).map(|n| job(n, "Bread."));
    corpus.ingest(1, jobs().collect()).await;
    assert_eq!(rank(&corpus, key(1)).await, 20);
    assert_eq!(rank(&corpus, key(2)).await, 20, "another profile");
    let mut changed: Vec<_> = jobs().collect();
    changed[7] = job(7, "Cake.");
    changed.remove(3);
    corpus.next_run().await;
    corpus.ingest(2, changed).await;
    assert_eq!(rank(&corpus, key(2)).await, 1, "one text changed");
    let run = corpus.run;
    corpus
        .store
        .write(move |tx| tx.close_unseen(run, source, support::at(3)))
        .await
        .unwrap();
    assert_eq!(rank(&corpus, key(2)).await, 0, "one was closed");
    assert_eq!(
        rank(&corpus, key(3)).await,
        19,
        "a closed one is not judged"
    );
    corpus.next_run().await;
    corpus.ingest(4, jobs().collect()).await;
    assert_eq!(
        rank(&corpus, key(3)).await,
        2,
        "one is back, one is as it was"
    );
}

#[tokio::test]
async fn a_standing_for_a_person_who_changed_meanwhile_is_not_kept() {
    let corpus = Corpus::new().await;
    corpus
        .ingest(1, vec![corpus.job("1", "Baker", "Bread.")])
        .await;
    let (kept, queued) = corpus
        .store
        .write(|tx| {
            tx.save_ranking(&key(2), &[])?;
            let queued = tx.queued(&space("a"), 1)?;
            let judged = queued[0].judged(Vec::new(), standing(Outcome::Pass, 1.0));
            Ok((tx.save_judged(&key(1), &[judged])?, tx.count_queued()?))
        })
        .await
        .unwrap();
    assert_eq!((kept, queued), (false, 1));
    assert_eq!(rank(&corpus, key(2)).await, 1);
}

#[tokio::test]
async fn p7_sentences_are_kept_of_the_head_of_the_list_as_long_as_they_hold() {
    let mut corpus = Corpus::new().await;
    let jobs = (0..120)
        .map(|n| corpus.job(&n.to_string(), &format!("Baker {n}"), "Bread."))
        .collect();
    corpus.ingest(1, jobs).await;
    // The score is the number in the title.
    let judge = |title: &str| {
        let score: f64 = title.rsplit(' ').next().unwrap().parse().unwrap();
        standing(Outcome::Pass, score / 2.0)
    };
    let explain = async |corpus: &Corpus| {
        corpus
            .store
            .write(move |tx| {
                support::rank(tx, &key(1), judge)?;
                let verdicts: Vec<_> = tx
                    .unexplained(&space("a"))?
                    .into_iter()
                    .map(|of| {
                        let total = judge(&of.job.title).score;
                        let parts = Vec::new();
                        let checks = Vec::new();
                        let score = Score { total, parts };
                        (of, Verdict { checks, score })
                    })
                    .collect();
                tx.save_verdicts(&key(1), &verdicts)?;
                Ok(verdicts.len())
            })
            .await
            .unwrap()
    };
    assert_eq!(explain(&corpus).await, 100);
    assert_eq!(explain(&corpus).await, 0, "they are kept");
    let (best, worst) = (corpus.id("119"), corpus.id("0"));
    let read = |id| corpus.store.read(move |r| r.match_of(id));
    let kept = read(best).await.unwrap().unwrap();
    assert_eq!(kept.verdict.unwrap().score.total, kept.standing.score);
    assert_eq!(read(worst).await.unwrap().unwrap().verdict, None);
    corpus.next_run().await;
    corpus
        .ingest(2, vec![corpus.job("119", "Baker 118", "Cake.")])
        .await;
    let stale = corpus.store.read(move |r| r.match_of(best)).await.unwrap();
    assert!(stale.unwrap().due);
    assert_eq!(explain(&corpus).await, 1, "of the changed one anew");
}

#[tokio::test]
async fn a_job_to_rank_comes_with_its_skills_and_vectors() {
    let corpus = Corpus::new().await;
    corpus
        .ingest(1, vec![corpus.job("1", "Baker", "Bread.")])
        .await;
    enrich(&corpus, "l1", space("a")).await;
    let read = |space| corpus.store.read(move |r| r.queued(&space, 10));
    let due = read(space("a")).await.unwrap();
    assert_eq!(due[0].skills, [skill()]);
    assert_eq!(due[0].vector.as_deref(), Some(&[1.0, 0.0, 0.0][..]));
    assert_eq!(due[0].title_vector.as_deref(), Some(&[0.0, 2.0, 0.0][..]));
    assert_eq!(due[0].job.description, "Bread.");
    assert_eq!(read(space("unknown")).await.unwrap()[0].vector, None);
}

#[tokio::test]
async fn skill_labels_have_vectors_per_space() {
    let corpus = Corpus::new().await;
    let (near, wrong, counts) = corpus
        .store
        .write(|tx| {
            let a = space("a");
            let skills = [
                ("Baking".to_owned(), vec![1.0, 0.1, 0.0]),
                ("Welding".to_owned(), vec![0.0, 0.0, 1.0]),
                ("Nothing".to_owned(), vec![0.0, 0.0, 0.0]),
            ];
            tx.save_skill_vectors(&a, &skills)?;
            tx.save_skill_vectors(&a, &skills)?;
            tx.save_skill_vectors(&space("b"), &skills[..1])?;
            let near = tx.nearest_skills(&a, &[1.0, 0.0, 0.0], 1)?;
            let wrong = tx.save_skill_vectors(&a, &[("Baking".to_owned(), vec![1.0])]);
            let before = (
                tx.skill_vectors_count(&a)?,
                tx.skill_vectors_count(&space("b"))?,
            );
            tx.keep_only_spaces(&[&a])?;
            let after = (
                tx.skill_vectors_count(&a)?,
                tx.skill_vectors_count(&space("b"))?,
            );
            Ok((near, wrong, [before, after]))
        })
        .await
        .unwrap();
    assert_eq!(near.len(), 1);
    assert_eq!(near[0].0, "Baking");
    assert!(near[0].1 > 0.99, "{near:?}");
    assert!(
        matches!(
            wrong,
            Err(StoreError::Dimensions {
                expected: 3,
                given: 1,
                ..
            })
        ),
        "{wrong:?}"
    );
    // A vector without a direction is left out.
    assert_eq!(counts, [(2, 1), (2, 0)]);
}

#[tokio::test]
async fn a_job_is_due_again_when_its_words_mean_something_else() {
    let corpus = Corpus::new().await;
    let jobs = vec![
        corpus.job("1", "Baker", "Our orca-works oven, and C++ ovens."),
        corpus.job("2", "Cook", "Two orca workshops."),
        corpus.job("3", "Waiter", "Works of the orca."),
    ];
    corpus.ingest(1, jobs).await;
    assert_eq!(enrich(&corpus, "l1", space("a")).await, 3);
    let again = async |words: &'static str, revision: i64| {
        let write = corpus.store.write(move |tx| tx.read_again(words, revision));
        write.await.unwrap()
    };
    for (words, expected) in [
        ("Orca Works", 2),
        ("orca works oven", 1),
        ("c++", 1),
        ("\" OR baker", 0),
        ("narwhal", 0),
    ] {
        assert_eq!(again(words, 7).await, expected, "{words}");
    }
    // Read by what was said before the change, a job stays due; by what is said now, not.
    for (revision, due) in [(6, 2), (7, 0)] {
        let read = corpus.store.write(move |tx| {
            let due = tx.jobs_to_enrich("l1", &space("a"), 0, 100)?;
            for one in &due {
                tx.was_read(one.job.id, revision)?;
            }
            Ok((due.len(), tx.count_rereadings()?))
        });
        assert_eq!(read.await.unwrap(), (2, due), "{revision}");
    }
    assert_eq!(enrich(&corpus, "l1", space("a")).await, 0);
}
