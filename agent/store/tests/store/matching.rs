use agent_core::{
    matching::Outcome,
    skill::{Need, SkillMatch},
};
use agent_store::{Enrichment, RankKey, RankedJob, StoreError, VectorSpace};

use crate::support::{Corpus, verdict};

fn space(name: &str) -> VectorSpace {
    VectorSpace {
        name: name.to_owned(),
        dims: 3,
    }
}

fn skill() -> SkillMatch {
    SkillMatch {
        skill: "Baking".to_owned(),
        need: Need::Required,
        years: Some(3),
        evidence: "three years of baking".to_owned(),
    }
}

fn key(profile_revision: i64) -> RankKey {
    RankKey {
        profile_revision,
        ranker: "1".to_owned(),
        weights: "w".to_owned(),
    }
}

/// Enriches all that is due; gives how many that were.
async fn enrich(corpus: &Corpus, lexicon: &'static str, space: VectorSpace) -> usize {
    corpus
        .store
        .write(move |tx| {
            let due = tx.jobs_to_enrich(lexicon, &space, 100)?;
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
        .write(move |tx| {
            let due = tx.jobs_to_rank(&key, &space("a"), 100)?;
            assert_eq!(due.len() as u32, tx.count_to_rank(&key)?);
            let ranked: Vec<RankedJob> = due
                .iter()
                .map(|one| RankedJob {
                    job: one.job.id,
                    basis: one.basis,
                    verdict: verdict(Outcome::Pass, 50.0),
                    reason: "asks for baking".to_owned(),
                })
                .collect();
            tx.save_matches(&key, &ranked)?;
            Ok(ranked.len())
        })
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
    assert_eq!(kept.verdict, verdict(Outcome::Pass, 50.0));
    assert_eq!((kept.basis.revision, kept.basis.enrichment), (2, 1));
}

#[tokio::test]
async fn a_job_that_changed_while_it_was_judged_is_due_again() {
    let mut corpus = Corpus::new().await;
    corpus
        .ingest(1, vec![corpus.job("1", "Baker", "Bread.")])
        .await;
    let due = corpus
        .store
        .read(|r| r.jobs_to_rank(&key(1), &space("a"), 10))
        .await
        .unwrap();
    corpus.next_run().await;
    corpus
        .ingest(2, vec![corpus.job("1", "Baker", "Cake.")])
        .await;
    let late = RankedJob {
        job: due[0].job.id,
        basis: due[0].basis,
        verdict: verdict(Outcome::Pass, 50.0),
        reason: String::new(),
    };
    let still_due = corpus
        .store
        .write(move |tx| {
            tx.save_matches(&key(1), &[late])?;
            tx.count_to_rank(&key(1))
        })
        .await
        .unwrap();
    assert_eq!(still_due, 1);
}

#[tokio::test]
async fn a_job_to_rank_comes_with_its_skills_and_vectors() {
    let corpus = Corpus::new().await;
    corpus
        .ingest(1, vec![corpus.job("1", "Baker", "Bread.")])
        .await;
    enrich(&corpus, "l1", space("a")).await;
    let read = |space| {
        corpus
            .store
            .read(move |r| r.jobs_to_rank(&key(1), &space, 10))
    };
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
            tx.keep_only_space(&a)?;
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
