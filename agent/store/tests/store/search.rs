use agent_store::{Enrichment, MatchedBy, QueryVector, SearchHit, SearchQuery, Store, VectorSpace};

use crate::support::{Corpus, at};

fn space() -> VectorSpace {
    VectorSpace {
        name: "hand-made".to_owned(),
        dims: 3,
    }
}

/// Three jobs; the first number of a vector means bread, the second metal.
async fn corpus() -> Corpus {
    let corpus = Corpus::new().await;
    let jobs = [
        (
            "baker",
            "Baker",
            "Knead dough.\nBake rolls by night.",
            [0.9, 0.0, 0.1],
        ),
        (
            "welder",
            "Welder",
            "Join steel in C++ or by hand; no baker's hours.",
            [0.0, 1.0, 0.0],
        ),
        (
            "miller",
            "Miller",
            "Grind grain for Café Zürich.",
            [0.8, 0.1, 0.0],
        ),
    ];
    let seen = jobs
        .iter()
        .map(|(id, title, text, _)| corpus.job(id, title, text))
        .collect();
    corpus.ingest(1, seen).await;
    let vectors = jobs.map(|(id, _, _, vector)| (corpus.id(id), vector));
    corpus
        .store
        .write(move |tx| {
            for (job, vector) in &vectors {
                tx.save_enrichment(&Enrichment {
                    job: *job,
                    revision: 1,
                    lexicon: "1",
                    skills: &[],
                    space: &space(),
                    vector,
                    title_vector: vector,
                })?;
            }
            Ok(())
        })
        .await
        .unwrap();
    corpus
}

async fn search(store: &Store, text: &str, vector: Option<[f32; 3]>) -> Vec<SearchHit> {
    let query = SearchQuery {
        text: text.to_owned(),
        vector: vector.map(|numbers| QueryVector::new(space(), numbers.to_vec())),
        limit: 10,
        include_closed: false,
        include_hidden: false,
        narrow: None,
    };
    store.read(move |r| r.search(&query)).await.unwrap()
}

fn titles(hits: &[SearchHit]) -> Vec<&str> {
    hits.iter().map(|hit| hit.row.title.as_str()).collect()
}

#[tokio::test]
async fn words_find_jobs_and_the_title_weighs_most() {
    let corpus = corpus().await;
    let check = async |text: &str, expected: &[&str]| {
        let hits = search(&corpus.store, text, None).await;
        assert_eq!(titles(&hits), expected, "{text}");
        assert!(
            hits.iter().all(|hit| hit.matched_by == MatchedBy::Words),
            "{text}"
        );
    };
    check("baker", &["Baker", "Welder"]).await;
    check("night rolls", &["Baker"]).await;
    check("gra", &["Miller"]).await;
    check("gr", &[]).await;
    check("cafe zurich", &["Miller"]).await;
    check("C++", &["Welder"]).await;
    // No job has both: one of them is enough.
    check("dough unheard", &["Baker"]).await;
    check("unheard", &[]).await;
}

#[tokio::test]
async fn a_snippet_is_one_line_with_the_words_marked() {
    let corpus = corpus().await;
    let hits = search(&corpus.store, "dough", None).await;
    assert_eq!(hits[0].snippet, "Knead [dough]. Bake rolls by night.");
}

#[tokio::test]
async fn meaning_finds_what_has_none_of_the_words() {
    let corpus = corpus().await;
    let hits = search(&corpus.store, "pastry", Some([1.0, 0.0, 0.0])).await;
    assert_eq!(titles(&hits), ["Baker", "Miller"], "the welder is too far");
    assert!(hits.iter().all(|hit| hit.matched_by == MatchedBy::Meaning));
    assert_eq!(hits[1].snippet, "Grind grain for Café Zürich.");
    assert_eq!(
        search(&corpus.store, "qqq", Some([0.0, 0.0, 1.0])).await,
        []
    );
    assert_eq!(
        search(&corpus.store, "qqq", Some([0.0, 0.0, 0.0])).await,
        []
    );
}

#[tokio::test]
async fn words_and_meaning_together_come_first() {
    let corpus = corpus().await;
    let hits = search(&corpus.store, "grain", Some([1.0, 0.0, 0.0])).await;
    assert_eq!(titles(&hits), ["Miller", "Baker"]);
    assert_eq!(hits[0].matched_by, MatchedBy::WordsAndMeaning);
    // First by words, second by meaning.
    let expected = 1.0 / 61.0 + 1.0 / 62.0;
    assert!(
        (hits[0].relevance - expected).abs() < 1e-9,
        "{}",
        hits[0].relevance
    );
}

#[tokio::test]
async fn nothing_typed_is_an_operator() {
    let corpus = corpus().await;
    for text in [
        "",
        "   ",
        r#"" OR 1=1 -- *()^:"#,
        r#"""""#,
        "title:baker",
        "NEAR(dough rolls)",
        "AND",
        "NOT dough",
        "dough AND",
        "{title} : baker",
        "'; DROP TABLE jobs; --",
        "-dough",
        "dough*",
        "^dough",
        "a\0b",
        "🥐",
        &"word ".repeat(10_000),
        &"x".repeat(100_000),
    ] {
        let hits = search(&corpus.store, text, None).await;
        assert!(hits.len() <= 3, "{text}");
    }
    assert_eq!(
        titles(&search(&corpus.store, "dough*", None).await),
        ["Baker"]
    );
    let counts = corpus.store.read(|r| r.job_counts()).await.unwrap();
    assert_eq!(counts.open, 3);
}

#[tokio::test]
async fn full_text_follows_changes_and_closing() {
    let mut corpus = corpus().await;
    corpus.next_run().await;
    corpus
        .ingest(
            2,
            vec![corpus.job("baker", "Confectioner", "Temper chocolate.")],
        )
        .await;
    let (run, source) = (corpus.run, corpus.source);
    assert_eq!(
        titles(&search(&corpus.store, "dough", None).await),
        Vec::<&str>::new()
    );
    assert_eq!(
        titles(&search(&corpus.store, "chocolate", None).await),
        ["Confectioner"]
    );
    corpus
        .store
        .write(move |tx| tx.close_unseen(run, source, at(3)))
        .await
        .unwrap();
    assert_eq!(
        search(&corpus.store, "grain", Some([0.0, 1.0, 0.0])).await,
        []
    );
    let query = SearchQuery {
        text: "grain".to_owned(),
        vector: Some(QueryVector::new(space(), vec![0.0, 1.0, 0.0])),
        limit: 10,
        include_closed: true,
        include_hidden: false,
        narrow: None,
    };
    let hits = corpus.store.read(move |r| r.search(&query)).await.unwrap();
    assert_eq!(titles(&hits), ["Welder", "Miller"]);
    let raw = corpus.raw().await;
    raw.execute(
        "INSERT INTO job_words (job_words) VALUES ('integrity-check')",
        [],
    )
    .unwrap();
}
