use agent_core::matching::{Outcome, Scales};
use agent_store::{
    Embedded, Enrichment, Filled, QueryVector, Role, SearchQuery, Store, StoreError, UpperSpace,
    VectorSpace, WriteTx,
};

use crate::support::{Corpus, key, rank, space, standing};

const TITLES: [&str; 3] = ["Baker", "Welder", "Miller"];

fn upper(name: &str) -> UpperSpace {
    UpperSpace {
        space: VectorSpace {
            name: name.to_owned(),
            dims: 2,
        },
        model: "all-minilm:latest".to_owned(),
        digest: name.to_owned(),
        scales: Scales::default(),
    }
}

/// Jobs read with the built-in space "a".
async fn corpus() -> Corpus {
    let corpus = Corpus::new().await;
    let seen = TITLES.map(|title| corpus.job(title, title, "Work."));
    corpus.ingest(1, seen.into()).await;
    read(&corpus).await;
    corpus
}

/// Reads every job that is due.
async fn read(corpus: &Corpus) {
    let write = corpus.store.write(|tx| {
        for due in tx.jobs_to_enrich("1", &space("a"), 0, 10)? {
            tx.save_enrichment(&Enrichment {
                job: due.job.id,
                revision: due.revision,
                lexicon: "1",
                skills: &[],
                space: &space("a"),
                vector: &[1.0, 0.0, 0.0],
                title_vector: &[1.0, 0.0, 0.0],
            })?;
        }
        Ok(())
    });
    write.await.unwrap();
}

/// Embeds at most `limit` of what is due; gives the titles.
fn fill(tx: &mut WriteTx<'_>, space: &VectorSpace, limit: u32) -> Result<Vec<String>, StoreError> {
    let due = tx.jobs_to_embed(space, limit)?;
    let titles = due.iter().map(|of| of.job.title.clone()).collect();
    let embedded: Vec<Embedded> = due
        .into_iter()
        .map(|of| {
            let bread = f32::from(u8::from(of.job.title != "Welder"));
            Embedded {
                of,
                vector: vec![bread, 1.0 - bread],
                title_vector: vec![bread, 1.0 - bread],
            }
        })
        .collect();
    tx.save_embedded(space, &embedded)?;
    Ok(titles)
}

async fn found(store: &Store, space: VectorSpace, numbers: Vec<f32>) -> usize {
    let query = SearchQuery {
        text: "loaf".to_owned(),
        vector: Some(QueryVector::new(space, numbers)),
        limit: 10,
        ..SearchQuery::default()
    };
    store.read(move |r| r.search(&query)).await.unwrap().len()
}

#[tokio::test]
async fn a_space_is_filled_batch_by_batch_and_serves_when_it_has_every_job() {
    let corpus = corpus().await;
    let store = &corpus.store;
    let (early, served, left) = store
        .write(|tx| {
            rank(tx, &key(1), |_| standing(Outcome::Pass, 50.0))?;
            let upper = upper("b");
            tx.begin_filling(&upper)?;
            let first = fill(tx, &upper.space, 2)?;
            assert_eq!(first.len(), 2);
            let early = tx.serve_upper(&upper, &space("a"))?;
            // The old vectors serve, and nothing is ranked anew.
            assert_eq!(
                (tx.upper_space(Role::Serving)?, tx.count_queued()?),
                (None, 0)
            );
            assert_eq!(tx.filled(&upper.space)?, Filled { done: 2, total: 3 });
            let rest = fill(tx, &upper.space, 10)?;
            assert!(rest.len() == 1 && !first.contains(&rest[0]));
            let served = tx.serve_upper(&upper, &space("a"))?;
            Ok((early, served, tx.count_queued()?))
        })
        .await
        .unwrap();
    assert_eq!((early, served, left), (false, true, 3));
    let serving = store.read(|r| r.upper_space(Role::Serving)).await.unwrap();
    assert_eq!(serving, Some(upper("b")));
    assert_eq!(found(store, upper("b").space, vec![1.0, 0.0]).await, 2);
    // The tier below is whole all the same.
    assert_eq!(found(store, space("a"), vec![1.0, 0.0, 0.0]).await, 3);
}

#[tokio::test]
async fn what_changes_is_due_again_and_ranked_again_when_it_has_its_vectors() {
    let mut corpus = corpus().await;
    let serve = |tx: &mut WriteTx<'_>| {
        fill(tx, &upper("b").space, 10)?;
        assert!(tx.serve_upper(&upper("b"), &space("a"))?);
        rank(tx, &key(1), |_| standing(Outcome::Pass, 50.0))
    };
    let write = corpus.store.write(move |tx| {
        tx.begin_filling(&upper("b"))?;
        serve(tx)
    });
    write.await.unwrap();
    corpus.next_run().await;
    corpus
        .ingest(2, vec![corpus.job("Welder", "Welder", "Other work.")])
        .await;
    let due = |corpus: &Corpus| {
        let store = corpus.store.clone();
        async move {
            let read = store.read(|r| Ok(r.jobs_to_embed(&upper("b").space, 10)?.len()));
            read.await.unwrap()
        }
    };
    // Not before its skills are found, which are part of the text.
    assert_eq!(due(&corpus).await, 0);
    read(&corpus).await;
    assert_eq!(due(&corpus).await, 1);
    let write = corpus.store.write(|tx| {
        rank(tx, &key(1), |_| standing(Outcome::Pass, 50.0))?;
        let filled = fill(tx, &upper("b").space, 10)?;
        Ok((filled, tx.count_queued()?))
    });
    assert_eq!(write.await.unwrap(), (vec!["Welder".to_owned()], 1));
}

#[tokio::test]
async fn the_built_in_space_takes_over_at_once_and_the_upper_one_is_taken_up_again() {
    let corpus = corpus().await;
    let write = corpus.store.write(|tx| {
        tx.begin_filling(&upper("b"))?;
        fill(tx, &upper("b").space, 10)?;
        tx.serve_upper(&upper("b"), &space("a"))?;
        rank(tx, &key(1), |_| standing(Outcome::Pass, 50.0))?;
        tx.serve_built_in()?;
        assert_eq!(
            (tx.upper_space(Role::Serving)?, tx.count_queued()?),
            (None, 3)
        );
        // The model is back: nothing is to be done again.
        tx.begin_filling(&upper("b"))?;
        assert_eq!(fill(tx, &upper("b").space, 10)?, Vec::<String>::new());
        assert!(tx.serve_upper(&upper("b"), &space("a"))?);
        // The person thinks better of another model.
        tx.begin_filling(&upper("d"))?;
        fill(tx, &upper("d").space, 2)?;
        tx.stop_filling(&space("a"))?;
        assert_eq!(tx.filled(&upper("d").space)?, Filled { done: 0, total: 3 });
        assert_eq!(tx.upper_space(Role::Filling)?, None);
        // Another model: the old space serves until the new one is whole, then it goes.
        tx.begin_filling(&upper("c"))?;
        fill(tx, &upper("c").space, 2)?;
        assert_eq!(tx.upper_space(Role::Serving)?, Some(upper("b")));
        fill(tx, &upper("c").space, 2)?;
        assert!(tx.serve_upper(&upper("c"), &space("a"))?);
        assert_eq!(tx.filled(&upper("b").space)?, Filled { done: 0, total: 3 });
        assert_eq!(tx.upper_space(Role::Filling)?, None);
        tx.drop_upper(&space("a"))?;
        assert_eq!(tx.filled(&upper("c").space)?, Filled { done: 0, total: 3 });
        tx.upper_space(Role::Serving)
    });
    assert_eq!(write.await.unwrap(), None);
    assert_eq!(
        found(&corpus.store, space("a"), vec![1.0, 0.0, 0.0]).await,
        3
    );
}

#[tokio::test]
async fn vectors_of_the_persons_texts_are_kept_by_space_and_gone_with_it() {
    let corpus = corpus().await;
    let texts = ["a baker".to_owned(), "night shifts".to_owned()];
    let write = corpus.store.write(move |tx| {
        let (b, c) = (upper("b"), upper("c"));
        tx.begin_filling(&b)?;
        tx.save_text_vectors(&b.space, &[(texts[0].clone(), vec![0.6, 0.8])])?;
        assert_eq!(
            tx.text_vectors(&b.space, &texts)?,
            [Some(vec![0.6, 0.8]), None]
        );
        assert_eq!(tx.text_vectors(&c.space, &texts)?, [None, None]);
        tx.drop_upper(&space("a"))?;
        tx.text_vectors(&b.space, &texts)
    });
    assert_eq!(write.await.unwrap(), [None, None]);
}
