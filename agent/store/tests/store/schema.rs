use crate::support::Corpus;

#[tokio::test]
async fn every_table_is_strict_but_the_virtual_ones_and_their_shadows() {
    let corpus = Corpus::new().await;
    let space = agent_store::VectorSpace {
        name: "hand".to_owned(),
        dims: 2,
    };
    corpus
        .store
        .write(move |tx| tx.ensure_space(&space))
        .await
        .unwrap();
    let raw = corpus.raw().await;
    let mut statement = raw
        .prepare(
            "SELECT name, strict FROM pragma_table_list
             WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'",
        )
        .unwrap();
    let tables: Vec<(String, bool)> = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert!(tables.len() >= 15, "{tables:?}");
    // sqlite-vec does not mark the tables behind a vec0 table as shadows.
    let loose: Vec<_> = tables
        .iter()
        .filter(|(name, strict)| !strict && !name.starts_with("vec_hand_2_"))
        .collect();
    assert!(loose.is_empty(), "{loose:?}");
}

#[tokio::test]
async fn events_cannot_be_changed_or_deleted() {
    let corpus = Corpus::new().await;
    corpus
        .ingest(1, vec![corpus.job("1", "Baker", "Bread.")])
        .await;
    let raw = corpus.raw().await;
    for sql in ["UPDATE events SET text = ''", "DELETE FROM events"] {
        let error = raw.execute(sql, []).unwrap_err();
        assert!(error.to_string().contains("append-only"), "{sql}: {error}");
    }
}

#[tokio::test]
async fn a_check_up_finds_a_sound_and_writable_database() {
    let corpus = Corpus::new().await;
    corpus
        .ingest(1, vec![corpus.job("1", "Baker", "Bread.")])
        .await;
    corpus.store.writable_probe().await.unwrap();
    let (faults, bytes, schema) = corpus
        .store
        .read(|r| Ok((r.quick_check()?, r.database_bytes()?, r.schema_version()?)))
        .await
        .unwrap();
    assert_eq!(faults, Vec::<String>::new());
    assert!(bytes > 4096);
    assert!(schema >= 7, "{schema}");
}
