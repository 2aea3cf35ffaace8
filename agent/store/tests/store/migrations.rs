use std::os::unix::fs::PermissionsExt;

use agent_store::{Store, StoreError};

use crate::support::Corpus;

#[tokio::test]
async fn a_database_opens_again_with_what_was_in_it() {
    let corpus = Corpus::new().await;
    corpus.store.close().await;
    let again = corpus.reopen().unwrap();
    let sources = again.read(|r| r.sources()).await.unwrap();
    assert_eq!(sources.len(), 1);
}

#[tokio::test]
async fn an_edited_migration_is_refused_by_name() {
    let corpus = Corpus::new().await;
    corpus
        .raw()
        .await
        .execute(
            "UPDATE schema_migrations SET sha256 = zeroblob(32) WHERE version = 4",
            [],
        )
        .unwrap();
    let error = corpus.reopen().unwrap_err();
    let StoreError::Edited { version, name, .. } = &error else {
        panic!("{error}");
    };
    assert_eq!((*version, name.as_str()), (4, "0004-jobs"));
}

#[tokio::test]
async fn a_database_of_a_newer_build_is_refused_and_left_alone() {
    let corpus = Corpus::new().await;
    let raw = corpus.raw().await;
    raw.execute(
        "INSERT INTO schema_migrations (version, name, sha256) VALUES (9999, 'later', x'00')",
        [],
    )
    .unwrap();
    let error = corpus.reopen().unwrap_err();
    assert!(
        matches!(error, StoreError::Newer { found: 9999, known, .. } if known < 9999),
        "{error}"
    );
    assert!(error.to_string().contains("update the program"), "{error}");
}

#[tokio::test]
async fn a_missing_migration_is_applied_to_an_older_database() {
    let corpus = Corpus::new().await;
    let raw = corpus.raw().await;
    raw.execute_batch(
        "DROP TABLE egress; DROP TABLE settings;
         DELETE FROM schema_migrations WHERE name = '0007-ledgers'",
    )
    .unwrap();
    let again = corpus.reopen().unwrap();
    again.write(|tx| tx.set_setting("a", "b")).await.unwrap();
    let kept = again.read(|r| r.setting("a")).await.unwrap();
    assert_eq!(kept.as_deref(), Some("b"));
}

#[test]
fn files_that_are_not_ours_are_refused() {
    let directory = tempfile::tempdir().unwrap();
    let other = directory.path().join("other.db");
    rusqlite::Connection::open(&other)
        .unwrap()
        .execute_batch("CREATE TABLE theirs (x)")
        .unwrap();
    let text = directory.path().join("text.db");
    std::fs::write(
        &text,
        "not a database, but long enough to be taken for one\n".repeat(100),
    )
    .unwrap();
    for path in [other, text] {
        let before = std::fs::read(&path).unwrap();
        let error = Store::open(&path).unwrap_err();
        assert!(matches!(error, StoreError::Foreign { .. }), "{error}");
        let same = std::fs::read(&path).unwrap() == before;
        assert!(same, "{} was changed", path.display());
    }
}

#[test]
fn the_directory_must_exist() {
    let directory = tempfile::tempdir().unwrap();
    let error = Store::open(directory.path().join("missing/agent.db")).unwrap_err();
    assert!(matches!(error, StoreError::NoDirectory { .. }), "{error}");
}

#[tokio::test]
async fn only_the_owner_may_read_the_files() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("agent.db");
    std::fs::write(&path, "").unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
    let store = Store::open(&path).unwrap();
    store.write(|tx| tx.set_setting("a", "b")).await.unwrap();
    let mut files = 0;
    for entry in std::fs::read_dir(directory.path()).unwrap() {
        let entry = entry.unwrap();
        let mode = entry.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{}", entry.path().display());
        files += 1;
    }
    assert_eq!(files, 3, "the file, its log and its shared memory");
}
